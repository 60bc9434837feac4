/// <reference types="node" />
import { parseArgs } from 'node:util'
import { clip } from '../diagnose/page-request.ts'
import { printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { TOOLS, type Tool, type ToolArguments } from './mcp-tools.ts'
import { VERSION } from './version.ts'

const PACKAGE = '@modelcontextprotocol/server'

/**
 * Runs `corsmith mcp`: a local Model Context Protocol server on standard input and output, so that
 * a coding agent can ask corsmith instead of guessing. It ends when the agent closes the
 * connection.
 *
 * The tools read nothing but their arguments and write no file. One of them sends requests, and
 * only safe ones.
 *
 * @see https://modelcontextprotocol.io/specification
 */
export async function mcpCommand(argv: readonly string[], io: Io): Promise<number> {
  parseArgs({ args: [...argv], options: COMMAND_OPTIONS.mcp })
  const { McpServer, fromJsonSchema, serveStdio } = await loadSdk()
  const handle = serveStdio(() => {
    const server = new McpServer({ name: 'corsmith', title: 'corsmith', version: VERSION })
    for (const tool of TOOLS) {
      const { name, title, description, inputSchema, isOpenWorld } = tool
      server.registerTool(
        name,
        {
          title,
          description,
          inputSchema: fromJsonSchema<ToolArguments>(inputSchema),
          annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: isOpenWorld },
        },
        (given) => answer(tool, given, io),
      )
    }
    return server
  })
  const agentLeft = new Promise((resolve) => process.stdin.once('end', resolve).once('close', resolve))
  await Promise.race([agentLeft, io.untilStopped()])
  await handle.close()
  return EXIT.ok
}

/** The SDK is an optional peer: only users of this command install it. */
async function loadSdk() {
  try {
    const [{ McpServer, fromJsonSchema }, { serveStdio }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('@modelcontextprotocol/server/stdio'),
    ])
    return { McpServer, fromJsonSchema, serveStdio }
  } catch {
    throw new UsageError(`corsmith mcp needs the package ${PACKAGE}: npm install ${PACKAGE}`)
  }
}

/** Returns a mistake of the caller as an answer, so that the agent can read and correct it. */
async function answer(tool: Tool, given: ToolArguments, io: Io) {
  try {
    const result = (await tool.run(given, io)) as Record<string, unknown>
    return { content: [{ type: 'text' as const, text: JSON.stringify(result) }], structuredContent: result }
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof TypeError)) throw error
    const details = error instanceof UsageError ? error.details : []
    const text = [error.message, ...details].map((line) => printable(redactSaid(clip(line, 600)))).join('\n')
    return { content: [{ type: 'text' as const, text }], isError: true }
  }
}
