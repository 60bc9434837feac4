// What is printed for libraries of Go, built and run.
import { describeWith } from '../../support/component.ts'
import { findGo, openGo } from './go-farm.ts'
import { provesAll } from './proofs.ts'

const [rsCors, gin, jub0bs] = await Promise.all([findGo('rs-cors'), findGo('gin'), findGo('go')])

describeWith([rsCors], 'what is printed for rs/cors, in the real one', () => {
  provesAll('rs-cors', openGo('rs-cors'))
})

describeWith([gin], 'what is printed for gin-contrib/cors, in the real one', () => {
  // It answers every OPTIONS of an allowed page, and a stranger with a bare 403.
  provesAll('gin', openGo('gin'))
})

describeWith([jub0bs], 'what is printed for jub0bs/cors, in the real one', () => {
  provesAll('go', openGo('go'))
})
