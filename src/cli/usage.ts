import { CHOOSABLE } from '../diagnose.ts'

/** What `corsmith --help` prints. */
export const USAGE: string = `corsmith: why a browser blocks a request, and what to change

  corsmith check <url> --origin https://app.example.com [-X PUT] [-H 'Content-Type: application/json'] [--credentials include]
  corsmith check --curl '<Copy as cURL or PowerShell>' | --fetch '<Copy as fetch>' | --har file.har | --message '<console line>'
  corsmith check --expect cors.expect.json [base URL]
  corsmith explain policy.json [url] --origin https://app.example.com [-X PUT] …
  corsmith lint policy.json
  corsmith diff before.json after.json
  corsmith init <target> [--policy policy.json | --origins https://app.example.com] [--credentials]
                 [--methods PUT] [--request-headers Authorization] [--exposed-headers ETag]
  corsmith why <code> …                    what a code means, from the pages of the package
  corsmith mcp                             answers a coding agent over stdio (Model Context Protocol)
  corsmith proxy <upstream> --origins http://localhost:5173 | --policy policy.json [--port 8788]
                 [--forward-origin strip|rewrite|keep] [--public-origin https://…] [--allow-host name] [--timeout seconds]

check, the request
  -o, --origin          origin of the page, or its URL; "null" for file: and sandboxed frames
  -X, --method          method; -H, --header 'Name: value' (repeatable); -d, --body
      --credentials     omit, same-origin or include; send a cookie with -H 'Cookie: a=b'
      --mode            cors, no-cors or same-origin
      --initiator       fetch, xhr, beacon, eventsource, script, style, image or font
      --upload-listener an XMLHttpRequest listens to upload progress
      --reads           response headers that the page reads, separated by commas
check, an archive (judged by the answers in it, and nothing is sent)
      --entry n         this request instead of the first that fails for CORS; --all-blocked takes every one
      --filter          only requests whose URL holds this text
      --live            ask the server instead
check, how
      --send            send the request itself although it has side effects
      --security        try origins of strangers, and report who is let in: for servers of your own
      --no-probes       send nothing beyond what the page would
      --for             write the fix for: ${wrapped(CHOOSABLE)}
      --max-requests    at most so many (40, and 160 with --security)
      --timeout         seconds to wait for an answer (10)
  -k, --insecure        do not check certificates
check, the report
      --json            as data, schema 1; --format github, sarif, junit or markdown
      --fail-on         blocked (default), security or warning
  -v, --verbose         list every request

exit codes: 0 shared · 1 blocked · 2 shared, with findings at or above --fail-on · 3 not tested (DNS, TLS, refused, timeout) · 64 usage`

/** Names in a row, broken where the line is full. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last === undefined || last.length + name.length > 96) lines.push(name)
    else lines[lines.length - 1] = `${last}, ${name}`
  }
  return lines.join(`,\n${' '.repeat(24)}`)
}
