/** A verdict is never greener than what was put in. */
import { describe, it } from 'vitest'
import { archivesAgree, callsAgree, commandsAgree, preflightsAgree } from './agreement.ts'

describe('a verdict', () => {
  it("of a copied command is the simulator's", () => commandsAgree())
  it('of a copied preflight is that of the request it asks permission for', () => preflightsAgree())
  it("of a call is the simulator's", () => callsAgree())
  it("of an archive is the simulator's, or says that the archive does not tell", () => archivesAgree())
})
