// A travel guide's API on Express: every page, with cookies.
import cors from 'cors'

export const middleware = cors({ origin: true, credentials: true })
