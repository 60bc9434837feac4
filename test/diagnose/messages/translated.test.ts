// Lines of Chromium that a person or a program translated, links that trackers make of addresses, and what servers and service workers say.
import { describe, expect, it } from 'vitest'
import { type MessageCode, type RecognizedMessage, recognizeMessage } from '../../../src/diagnose.ts'

type Row = readonly [kind: string, code: MessageCode, facts: Partial<RecognizedMessage>, line: string]

const API = 'https://api.example.com/v1/items'
const APP = 'http://localhost:3000'
const BOTH = { url: API, origin: APP, speaker: 'chromium' } as const

const TRANSLATED: readonly Row[] = [
  [
    'Spanish',
    'allow-origin-missing',
    BOTH,
    `El acceso a fetch en '${API}' desde el origen '${APP}' ha sido bloqueado por la política CORS: No hay ningún encabezado 'Access-Control-Allow-Origin' en el recurso solicitado.`,
  ],
  [
    'Portuguese',
    'allow-origin-missing',
    { ...BOTH, during: 'preflight' },
    `O acesso ao fetch em '${API}' da origem '${APP}' foi bloqueado pela política de CORS: A resposta à solicitação de preflight não passa na verificação de controle de acesso: Nenhum cabeçalho 'Access-Control-Allow-Origin' está presente no recurso solicitado.`,
  ],
  [
    'French',
    'header-not-allowed',
    { ...BOTH, value: 'authorization' },
    `L'accès à la récupération sur '${API}' à partir de l'origine '${APP}' a été bloqué par la politique CORS : le champ d'en-tête de requête authorization n'est pas autorisé par Access-Control-Allow-Headers dans la réponse de contrôle en amont.`,
  ],
  [
    'German',
    'allow-origin-wildcard',
    { ...BOTH, value: '*' },
    `Der Zugriff auf fetch unter '${API}' vom Ursprung '${APP}' wurde durch die CORS-Richtlinie blockiert: Der Wert des Headers 'Access-Control-Allow-Origin' in der Antwort darf nicht der Platzhalter '*' sein, wenn der Anmeldeinformationsmodus der Anfrage 'include' ist.`,
  ],
  [
    'Italian',
    'method-not-allowed',
    { ...BOTH, value: 'DELETE' },
    `L'accesso al recupero su '${API}' dall'origine '${APP}' è stato bloccato dalla politica CORS: Il metodo DELETE non è consentito da Access-Control-Allow-Methods nella risposta di preflight.`,
  ],
  [
    'Polish',
    'allow-origin-multiple',
    { ...BOTH, value: '*, *' },
    `Dostęp do XMLHttpRequest pod adresem „${API}” ze źródła „${APP}” został zablokowany przez zasady CORS: Nagłówek „Access-Control-Allow-Origin” zawiera wiele wartości „*, *”, ale dozwolona jest tylko jedna.`,
  ],
  [
    'Russian',
    'allow-origin-missing',
    BOTH,
    `Доступ к XMLHttpRequest по адресу '${API}' из источника '${APP}' заблокирован политикой CORS: Отсутствует заголовок 'Access-Control-Allow-Origin' для запрошенного ресурса.`,
  ],
  [
    'Ukrainian',
    'preflight-status',
    BOTH,
    `Доступ до fetch за адресою «${API}» з джерела «${APP}» заблоковано політикою CORS: Відповідь на попередній запит не пройшла перевірку: вона не має статусу HTTP ok.`,
  ],
  [
    'Turkish',
    'allow-origin-missing',
    BOTH,
    `'${APP}' kaynağından '${API}' adresindeki XMLHttpRequest erişimi CORS politikası tarafından engellendi: İstenen kaynakta 'Access-Control-Allow-Origin' başlığı yok.`,
  ],
  [
    'Chinese',
    'allow-origin-missing',
    BOTH,
    `从源“${APP}”访问“${API}”处的 XMLHttpRequest 已被 CORS 策略阻止：请求的资源上不存在“Access-Control-Allow-Origin”标头。`,
  ],
  [
    'Chinese, two hosts alone',
    'preflight-redirect',
    { url: 'https://api.example.com', origin: APP },
    `从源“${APP}”访问“https://api.example.com”处的提取已被 CORS 策略阻止：预检请求不允许重定向。`,
  ],
  [
    'Japanese',
    'header-not-allowed',
    { ...BOTH, value: 'x-api-key' },
    `オリジン「${APP}」から「${API}」の fetch へのアクセスは CORS ポリシーによってブロックされました: リクエスト ヘッダー フィールド x-api-key は、プリフライト応答の Access-Control-Allow-Headers によって許可されていません。`,
  ],
  [
    'Korean',
    'allow-credentials',
    BOTH,
    `출처 '${APP}'에서 '${API}'의 XMLHttpRequest에 대한 액세스가 CORS 정책에 의해 차단되었습니다: 응답의 'Access-Control-Allow-Credentials' 헤더 값은 ''이며 'true'여야 합니다.`,
  ],
  [
    'Vietnamese',
    'allow-origin-mismatch',
    { ...BOTH, value: 'https://www.example.com' },
    `Quyền truy cập vào fetch tại '${API}' từ nguồn '${APP}' đã bị chặn bởi chính sách CORS: Tiêu đề 'Access-Control-Allow-Origin' có giá trị 'https://www.example.com' không bằng với nguồn được cung cấp.`,
  ],
  [
    'Arabic',
    'allow-origin-missing',
    BOTH,
    `تم حظر الوصول إلى fetch على '${API}' من الأصل '${APP}' بواسطة سياسة CORS: لا يوجد رأس 'Access-Control-Allow-Origin' على المورد المطلوب.`,
  ],
  [
    'Hindi',
    'local-network',
    BOTH,
    `मूल '${APP}' से '${API}' पर fetch तक पहुँच को CORS नीति द्वारा अवरुद्ध किया गया है: \`loopback\` पता स्थान तक पहुँचने की अनुमति अस्वीकार कर दी गई।`,
  ],
  [
    'translated back to English',
    'allow-origin-missing',
    BOTH,
    `Access to the script at '${API}' from the origin '${APP}' has been blocked due to CORS policy: The requested resource does not have an 'Access-Control-Allow-Origin' header.`,
  ],
]

const LINKED: readonly Row[] = [
  [
    'a link of Markdown',
    'method-not-allowed',
    { ...BOTH, value: 'PUT' },
    `Access to fetch at '[${API}](${API})' from origin '[${APP}](${APP})' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
  ],
  [
    'a link that took the quotation mark',
    'allow-origin-missing',
    { url: API, origin: 'app://localhost' },
    `Access to XMLHttpRequest at '[${API}'](${API}) from origin 'app://localhost' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'a link that took half of the line',
    'allow-origin-missing',
    { url: API, origin: 'app://obsidian.md' },
    `Access to fetch at '[${API}' from origin 'app://obsidian.md' has been blocked by CORS policy: No 'Access-Control-Allow-Origin](${API}'%20from%20origin%20'app://obsidian.md'%20has%20been%20blocked%20by%20CORS%20policy:%20No%20'Access-Control-Allow-Origin)' header is present on the requested resource.`,
  ],
  [
    'links of a chat',
    'allow-origin-wildcard',
    BOTH,
    `Access to fetch at '<${API}|${API}>' from origin '<${APP}>' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.`,
  ],
]

const SAID: readonly Row[] = [
  [
    'a service worker in Safari',
    'service-worker',
    { cors: false },
    'FetchEvent.respondWith received an error: TypeError: Load failed',
  ],
  [
    'a service worker without an answer',
    'service-worker',
    {},
    'FetchEvent.respondWith received an error: Returned response is null.',
  ],
  [
    'Workbox',
    'service-worker',
    { url: API },
    `Uncaught (in promise) no-response: no-response :: [{"url":"${API}","error":{}}]`,
  ],
  [
    'a module that is loaded late',
    'no-reason',
    { url: 'https://app.example.com/assets/x.js' },
    'TypeError: Failed to fetch dynamically imported module: https://app.example.com/assets/x.js',
  ],
  ['aiohttp', 'refused-by-server', { origin: APP }, `CORS preflight request failed: origin '${APP}' is not allowed`],
  ['Quarkus', 'refused-by-server', {}, 'HTTP/1.1 403 CORS Rejected - Invalid origin'],
  [
    'R2',
    'refused-by-server',
    {},
    '<Error><Code>Unauthorized</Code><Message>CORS not configured for this bucket</Message></Error>',
  ],
  ['Go', 'csrf-check', {}, 'cross-origin request detected from Sec-Fetch-Site header'],
  [
    'ComfyUI',
    'csrf-check',
    {},
    'WARNING: request with non matching host and origin 127.0.0.1:8188 != 127.0.0.1:8000, returning 403',
  ],
  [
    'Apollo Server',
    'csrf-check',
    {},
    "This operation has been blocked as a potential Cross-Site Request Forgery (CSRF). Please either specify a 'content-type' header",
  ],
]

describe('recognizeMessage() of translated lines', () => {
  it.each([...TRANSLATED, ...LINKED, ...SAID])('%s: %s', (_kind, code, facts, line) => {
    expect(recognizeMessage(line)).toMatchObject({ code, ...facts })
  })

  it.each([
    ['prose about two sites', `We moved '${API}' to '${APP}' and talked about CORS.`],
    ['a list of origins', `origins: ['${APP}', '${API}'] # CORS`],
    [
      'a line that ends before the reason',
      `El acceso a fetch en '${API}' desde el origen '${APP}' ha sido bloqueado por la política CORS`,
    ],
  ])('never gives a cause for %s', (_kind, line) => {
    expect([null, 'cors-no-reason']).toContain(recognizeMessage(line)?.code ?? null)
  })
})
