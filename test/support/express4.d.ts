// Express 4 beside Express 5, under a name of its own. The tests use what both have.
declare module 'express4' {
  import express from 'express'
  export default express
}
