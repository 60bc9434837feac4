// What is printed for PHP, in front of a script that speaks CORS wrongly, under PHP's own server and as CGI would run it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../diagnose/servers/nginx.ts'
import type { Stage } from '../../diagnose/stage.ts'
import { describeWith } from '../../support/component.ts'
import { launchKept } from '../../support/launched.ts'
import { findServer } from '../../support/programs.ts'
import { eachAlone, listening } from './farm.ts'
import { provesAll } from './proofs.ts'
import { WRONG } from './wrong-api.ts'

const php = await findServer('PHP', 'php', ['-v'], 'apt-get install php-cli')

/** The API of people: it sets its own headers, breaks, and asks every OPTIONS for a login. */
const SCRIPT = `<?php
require __DIR__ . '/cors.php';
${WRONG.map(([name, value]) => `header('${name}: ${value}', false);`).join('\n')}
header('ETag: "1"');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(401); exit; }
if (str_starts_with($_SERVER['REQUEST_URI'], '/moved')) header('Location: /x');
if (str_starts_with($_SERVER['REQUEST_URI'], '/error')) throw new RuntimeException('no');
if (str_starts_with($_SERVER['REQUEST_URI'], '/closed')) http_response_code(401);
if (str_starts_with($_SERVER['REQUEST_URI'], '/missing')) http_response_code(404);
echo 'ok';
`

async function start(text: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-php-'))
  writeFileSync(join(folder, 'cors.php'), text)
  writeFileSync(join(folder, 'index.php'), SCRIPT)
  const port = await freePort()
  const settings = ['-d', 'display_errors=0', '-d', 'output_buffering=4096']
  const command = launchKept(php.file, [...settings, '-S', `127.0.0.1:${port}`, join(folder, 'index.php')])
  await listening(command, `http://127.0.0.1:${port}/`, text)
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      await command.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describeWith([php], 'what is printed for PHP, in the real one', () => {
  // PHP's own server knows no method PURGE.
  provesAll('php', eachAlone(start), { skips: ({ method }) => method === 'PURGE' })
})
