const { cors } = require('corsmith/node')

const mw = cors({ origins: [process.env.NOPE] })
