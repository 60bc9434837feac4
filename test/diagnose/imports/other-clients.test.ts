import { describe, expect, it } from 'vitest'
import { readHttpie, readWget } from '../../../src/diagnose/imports/other-clients.ts'

const WGET: readonly (readonly [words: readonly string[], requests: readonly object[]])[] = [
  [["-qO","f","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["-qO-","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["-U","x","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--post-file","f","a.example"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":""}]],
  [["--body-file=f","--method","PUT","a.example"], [{"url":"http://a.example","method":"PUT","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":""}]],
  [["https://a.example/"], [{"url":"https://a.example/","method":"GET","headers":[]}]],
  [["a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--method","PUT","a.example"], [{"url":"http://a.example","method":"PUT","headers":[]}]],
  [["--method=PUT","a.example"], [{"url":"http://a.example","method":"PUT","headers":[]}]],
  [["--header","A: b","a.example"], [{"url":"http://a.example","method":"GET","headers":[["A","b"]]}]],
  [["--header=A: b","--header=C: d","a.example"], [{"url":"http://a.example","method":"GET","headers":[["A","b"],["C","d"]]}]],
  [["--body-data","x","a.example"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":"x"}]],
  [["--body-data=x=y\nz","--method=PUT","a.example"], [{"url":"http://a.example","method":"PUT","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":"x=y\nz"}]],
  [["--post-data","x","a.example"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":"x"}]],
  [["--post-data=x","--header=content-type: a/b","a.example"], [{"url":"http://a.example","method":"POST","headers":[["content-type","a/b"]],"body":"x"}]],
  [["--user-agent","x","--referer","https://page.example/y","a.example"], [{"url":"http://a.example","method":"GET","headers":[],"origin":"https://page.example"}]],
  [["--user-agent=x","--referer=https://page.example/y","a.example"], [{"url":"http://a.example","method":"GET","headers":[],"origin":"https://page.example"}]],
  [["-O","f","-o","g","-U","h","-P","i","-t","3","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--output-document","f","--timeout","3","--tries","2","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--output-document=f","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["-q","--quiet","a.example","b.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["a.example","--method"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--header=A:","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["-Ox","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["--METHOD=PUT","a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  [["a.example","--post-data"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":""}]],
  [["--post-data=","a.example"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":""}]],
  [["https://u:p@a.example/"], [{"url":"https://a.example/","method":"GET","headers":[]}]],
]

const HTTPIE: readonly (readonly [name: string, words: readonly string[], requests: readonly object[]])[] = [
  ["http", ["-a","u:p","a.example"], [{"url":"http://a.example","method":"GET","headers":[["Authorization","Basic dTpw"]]}]],
  ["http", ["--auth","u:p","GET","a.example"], [{"url":"http://a.example","method":"GET","headers":[["Authorization","Basic dTpw"]]}]],
  ["http", ["--auth=t","-A","bearer","a.example"], [{"url":"http://a.example","method":"GET","headers":[["Authorization","Bearer t"]]}]],
  ["http", ["-a","t","--auth-type=bearer","a.example"], [{"url":"http://a.example","method":"GET","headers":[["Authorization","Bearer t"]]}]],
  ["http", ["-a","t","a.example","authorization:x"], [{"url":"http://a.example","method":"GET","headers":[["authorization","x"]]}]],
  ["http", ["--raw","{}","a.example"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/json"]],"body":"{}"}]],
  ["http", ["--raw=x","PUT","a.example","content-type:a/b"], [{"url":"http://a.example","method":"PUT","headers":[["content-type","a/b"]],"body":"x"}]],
  ["http", ["a.example","A;","B:","C;d"], [{"url":"http://a.example","method":"GET","headers":[["A",""]]}]],
  ["https", [":"], [{"url":"https://localhost","method":"GET","headers":[]}]],
  ["https", [":/x"], [{"url":"https://localhost/x","method":"GET","headers":[]}]],
  ["http", ["a.example"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  ["https", ["a.example"], [{"url":"https://a.example","method":"GET","headers":[]}]],
  ["xh", ["a.example/x"], [{"url":"http://a.example/x","method":"GET","headers":[]}]],
  ["http", ["PUT","a.example"], [{"url":"http://a.example","method":"PUT","headers":[]}]],
  ["http", ["put","a.example","a=b"], [{"url":"http://a.example","method":"PUT","headers":[["Content-Type","application/json"]],"body":"a=b"}]],
  ["http", ["a.example","a=b","c:=1","d@f"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/json"]],"body":"a=b&c=1&d=f"}]],
  ["http", ["a.example","A:b","B:","c==d","e==f g"], [{"url":"http://a.example/?c=d&e=f%20g","method":"GET","headers":[["A","b"]]}]],
  ["http", ["--form","a.example","a=b"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":"a=b"}]],
  ["http", ["-f","a.example","a=b"], [{"url":"http://a.example","method":"POST","headers":[["Content-Type","application/x-www-form-urlencoded"]],"body":"a=b"}]],
  ["http", ["-v","POST","a.example"], [{"url":"http://a.example","method":"POST","headers":[]}]],
  ["http", ["a.example","content-type:a/b","a=b"], [{"url":"http://a.example","method":"POST","headers":[["content-type","a/b"]],"body":"a=b"}]],
  ["http", ["https://a.example/"], [{"url":"https://a.example/","method":"GET","headers":[]}]],
  ["https", ["http://a.example/"], [{"url":"http://a.example/","method":"GET","headers":[]}]],
  ["http", [":"], [{"url":"http://localhost","method":"GET","headers":[]}]],
  ["http", [":/x"], [{"url":"http://localhost/x","method":"GET","headers":[]}]],
  ["http", [":3000"], [{"url":"http://localhost:3000","method":"GET","headers":[]}]],
  ["http", [":3000/x"], [{"url":"http://localhost:3000/x","method":"GET","headers":[]}]],
  ["https", [":3000/x"], [{"url":"https://localhost:3000/x","method":"GET","headers":[]}]],
  ["http", ["localhost"], [{"url":"http://localhost","method":"GET","headers":[]}]],
  ["http", ["localhost:3000","x"], [{"url":"http://localhost:3000","method":"GET","headers":[]}]],
  ["http", [], []],
  ["http", ["server"], []],
  ["http", ["GET"], []],
  ["http", ["GET","server"], []],
  ["http", ["a.example","x"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  ["http", ["a.example","=x",":x"], [{"url":"http://a.example","method":"GET","headers":[]}]],
  ["http", ["a.example","a=b=c","d=e:f","g:h=i","j==k:l","m@n=o","p:=q@r","s=t\nu"], [{"url":"http://a.example/?j=k:l","method":"POST","headers":[["g","h=i"],["Content-Type","application/json"]],"body":"a=b=c&d=e:f&m=n=o&p=q@r&s=t\nu"}]],
  ["http", ["HTTP://a.example"], [{"url":"HTTP://a.example","method":"GET","headers":[]}]],
  ["http", ["a1","b.example"], []],
  ["http", ["GET1","a.example"], []],
  ["xhs", ["a.example/"], [{"url":"https://a.example/","method":"GET","headers":[]}]],
  ["http", ["a.example","a=","b=="], [{"url":"http://a.example/?b=","method":"POST","headers":[["Content-Type","application/json"]],"body":"a="}]],
  ["http", ["DELETE","a.example/x?y=1","z==2"], [{"url":"http://a.example/x?y=1&z=2","method":"DELETE","headers":[]}]],
]

const first = (requests: readonly { readonly url: string }[]) => requests[0]?.url

describe('readWget()', () => {
  it.each(WGET)('reads %j', (words, requests) => expect(readWget(words)).toEqual(requests))

  it.each(["--output-document","--output-file","--append-output","--directory-prefix","--timeout","--dns-timeout","--connect-timeout","--read-timeout","--tries","--wait","--waitretry","--limit-rate","--max-redirect","--user","--password","--http-user","--http-password","--bind-address","--load-cookies","--save-cookies","--ca-certificate","--ca-directory","--certificate","--certificate-type","--private-key","--private-key-type","--secure-protocol","--config","--execute","--input-file","--base","--level","--accept","--reject","--domains","--compression","-O","-o","-P","-t","-T","-a","-e","-i","-B","-D","-A","-R","-l","-w","-Q"])('takes no value of %s for the URL', (option) => {
    expect(first(readWget([option, 'b.example', 'a.example']))).toBe('http://a.example')
    expect(first(readWget([`${option}=b.example`, 'a.example']))).toBe('http://a.example')
  })
  it.each(["-q","-c","-nv","-S","-x","--no-verbose","--xtimeout"])('knows that %s takes no value', (option) => {
    expect(first(readWget([option, 'b.example', 'a.example']))).toBe('http://b.example')
  })

  it.each([[[]], [['-q']], [['--method']]])('finds no URL in %j', (words) => {
    expect(() => readWget(words)).toThrow(new TypeError('this wget command names no URL'))
  })
})

describe('readHttpie()', () => {
  it.each(HTTPIE)('reads %s %j', (name, words, requests) => expect(readHttpie(name, words)).toEqual(requests))

  it.each(["-a","-A","-o","-p","-s","--auth","--auth-type","--output","--print","--style","--pretty","--session","--session-read-only","--timeout","--proxy","--verify","--ssl","--cert","--cert-key","--ciphers","--max-redirects","--max-headers","--format-options","--boundary","--raw"])('takes no value of %s for the URL', (option) => {
    expect(first(readHttpie('http', [option, 'b.example', 'a.example']))).toBe('http://a.example')
    expect(first(readHttpie('http', [`${option}=b.example`, 'a.example']))).toBe('http://a.example')
  })
  it.each(["-v","-b","-h","--check-status","--xauth"])('knows that %s takes no value', (option) => {
    expect(first(readHttpie('http', [option, 'b.example', 'a.example']))).toBe('http://b.example')
  })
})
