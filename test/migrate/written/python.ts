// How public projects write the options of Flask-CORS and django-cors-headers. Details are replaced.
import type { Shape } from './scripts.ts'

const ROUTE = `

@app.route("/x", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
@app.route("/api/x", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def reached():
    return "reached", 200, {"X-Reached": "1"}
`

export const FLASK: readonly Shape[] = [
  {
    name: 'one origin',
    text: `from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\nCORS(app, origins="https://app.example.com")\n${ROUTE}`,
  },
  {
    name: 'every origin with credentials',
    text: `from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\nCORS(app, supports_credentials=True)\n${ROUTE}`,
  },
  {
    name: 'an expression without an end, over several lines',
    text: `import re

from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(
    app,
    origins=[
        "https://app.example.com",  # production
        r"https://.*\\.example\\.com",
    ],
    supports_credentials=True,
)
${ROUTE}`,
  },
  {
    name: 'resources with options of their own',
    text: `from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\ncors = CORS(app, resources={r"/api/*": {"origins": ["https://app.example.com", "null"], "methods": ["GET", "PUT"]}})\n${ROUTE}`,
  },
  {
    name: 'constants of the file',
    text: `from flask import Flask\nfrom flask_cors import CORS\n\nORIGINS = ['https://app.example.com', 'https://admin.example.com']\n\napp = Flask(__name__)\nCORS(app, origins=ORIGINS, allow_headers=['Content-Type', 'Authorization'], expose_headers='X-Total', max_age=600)\n${ROUTE}`,
  },
  {
    name: 'resources with every origin and credentials, in single quotes',
    text: `from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\nCORS(app, supports_credentials=True, resources={r'/api/.*': {'origins': '*'}})\n${ROUTE}`,
  },
]

export const DJANGO: readonly Shape[] = [
  {
    name: 'a list',
    text: `DEBUG = True\n\nCORS_ALLOWED_ORIGINS = [\n    "https://app.example.com",\n    "http://localhost:3000",\n]\nCORS_ALLOW_CREDENTIALS = True\n`,
  },
  {
    name: 'every origin with credentials, beside lists',
    text: `CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = True\nCORS_ALLOWED_ORIGINS = [\n    "http://localhost:3000",\n]\n\nUSE_TZ = True\n`,
  },
  {
    name: 'expressions without an end',
    text: `CORS_ALLOWED_ORIGINS = ['https://app.example.com']\nCORS_ALLOWED_ORIGIN_REGEXES = [\n    r"^https://\\w+\\.example\\.com",  # previews\n]\nCORS_ALLOW_METHODS = ["GET", "PUT"]\n`,
  },
  {
    name: 'the older names',
    text: `CORS_ORIGIN_WHITELIST = ('https://app.example.com', 'null')\nCORS_ORIGIN_REGEX_WHITELIST = (r'^https://.*\\.example\\.com',)\n`,
  },
  {
    name: 'the headers of the library and more',
    text: `from corsheaders.defaults import default_headers\n\nCORS_ALLOWED_ORIGINS = ["https://app.example.com"]\nCORS_ALLOW_HEADERS = list(default_headers) + [\n    "x-client",\n]\nCORS_EXPOSE_HEADERS = ["X-Total"]\nCORS_PREFLIGHT_MAX_AGE = 60 * 60\n`,
  },
]
