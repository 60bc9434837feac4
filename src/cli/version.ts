export { VERSION } from '../spec/version.ts'
