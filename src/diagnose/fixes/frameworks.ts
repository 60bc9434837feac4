import type { Plain } from './source.ts'
import type { Target } from './targets.ts'

type Write = (policy: Plain) => string

function list(names: readonly string[], quote = "'"): string {
  return names.map((name) => `${quote}${name.replaceAll(/[\\'"]/g, '\\$&')}${quote}`).join(', ')
}

function python(flag: boolean): string {
  return flag ? 'True' : 'False'
}

/** Frameworks that have a CORS middleware of their own. */
export const FRAMEWORKS: Partial<Record<Target, Write>> = {
  flask: (p) => `from flask_cors import CORS

CORS(
    app,
    origins=${p.anyOrigin ? "'*'" : `[${list(p.origins)}]`},
    methods=[${list(p.methods)}],
    allow_headers=[${list(p.requestHeaders)}],
    expose_headers=[${list(p.exposedHeaders)}],
    supports_credentials=${python(p.credentials)},
    max_age=${p.maxAge},
    ${p.anyOrigin ? 'send_wildcard=True' : 'always_send=False'},
    vary_header=False,
)${
    p.anyOrigin
      ? ''
      : `

@app.after_request
def vary_by_origin(response):
    response.vary.add('Origin')  # on every answer: Flask-CORS leaves it out for a single origin, and for strangers
    return response`
  }`,
  django: (p) => `# settings.py, with django-cors-headers
INSTALLED_APPS = ['corsheaders', *INSTALLED_APPS]
MIDDLEWARE = ['corsheaders.middleware.CorsMiddleware', *MIDDLEWARE]  # first: above anything that can answer
${p.anyOrigin ? 'CORS_ALLOW_ALL_ORIGINS = True' : `CORS_ALLOWED_ORIGINS = [${list(p.origins)}]`}
CORS_ALLOW_CREDENTIALS = ${python(p.credentials)}
CORS_ALLOW_METHODS = [${list(p.methods)}]
CORS_ALLOW_HEADERS = [${list(p.requestHeaders.map((name) => name.toLowerCase()))}]
CORS_EXPOSE_HEADERS = [${list(p.exposedHeaders)}]
CORS_PREFLIGHT_MAX_AGE = ${p.maxAge}`,
  fastapi: (p) => `from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.errors import ServerErrorMiddleware

# below every other add_middleware and exception_handler: the last one added is the outermost
app.add_middleware(ServerErrorMiddleware, handler=app.exception_handlers.get(Exception))  # so that errors carry the headers
app.add_middleware(
    CORSMiddleware,
    allow_origins=[${p.anyOrigin ? "'*'" : list(p.origins)}],
    allow_methods=[${list(p.methods)}],
    allow_headers=[${list(p.requestHeaders)}],
    expose_headers=[${list(p.exposedHeaders)}],
    allow_credentials=${python(p.credentials)},
    max_age=${p.maxAge},
)`,
  spring: (p) => `@Bean
CorsConfigurationSource corsConfigurationSource() {
  var cors = new CorsConfiguration();
  cors.setAllowedOrigins(List.of(${list(p.anyOrigin ? ['*'] : p.origins, '"')}));
  cors.setAllowedMethods(List.of(${list(p.methods, '"')}));
  cors.setAllowedHeaders(List.of(${list(p.requestHeaders, '"')}));
  cors.setExposedHeaders(List.of(${list(p.exposedHeaders, '"')}));
  cors.setAllowCredentials(${p.credentials});
  cors.setMaxAge(${p.maxAge}L);
  var source = new UrlBasedCorsConfigurationSource();
  source.registerCorsConfiguration("/**", cors);
  return source;
}
// with Spring Security: http.cors(withDefaults()), so that it runs before authentication`,
  rails: (p) => `# config/initializers/cors.rb, with rack-cors
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins ${list(p.anyOrigin ? ['*'] : p.origins)}
    resource '*',
      methods: [${p.methods.map((method) => `:${method.toLowerCase()}`).join(', ')}, :options],
      headers: [${list(p.requestHeaders)}],
      expose: [${list(p.exposedHeaders)}],
      credentials: ${p.credentials},
      max_age: ${p.maxAge}
  end
end`,
  aspnet: (p) => `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    ${p.anyOrigin ? '.AllowAnyOrigin()' : `.WithOrigins(${list(p.origins, '"')})`}
    .WithMethods(${list(p.methods, '"')})
    .WithHeaders(${list(p.requestHeaders, '"')})
    .WithExposedHeaders(${list(p.exposedHeaders, '"')})
    ${p.credentials ? '.AllowCredentials()' : '.DisallowCredentials()'}
    .SetPreflightMaxAge(TimeSpan.FromSeconds(${p.maxAge}))));

app.UseRouting();
app.UseCors(); // before UseAuthentication
app.UseAuthentication();`,
  laravel: (p) => `// config/cors.php
return [
    'paths' => ['*'],
    'allowed_methods' => [${list(p.methods)}],
    'allowed_origins' => [${list(p.anyOrigin ? ['*'] : p.origins)}],
    'allowed_headers' => [${list(p.requestHeaders)}],
    'exposed_headers' => [${list(p.exposedHeaders)}],
    'max_age' => ${p.maxAge},
    'supports_credentials' => ${p.credentials},
];`,
  go: (p) => `// github.com/jub0bs/cors
mw, err := cors.NewMiddleware(cors.Config{
	Origins:        []string{${list(p.anyOrigin ? ['*'] : p.origins, '"')}},
	Methods:        []string{${list(p.methods, '"')}},
	RequestHeaders: []string{${list(p.requestHeaders, '"')}},
	Credentialed:   ${p.credentials},
	MaxAgeInSeconds: ${p.maxAge},
	ResponseHeaders: []string{${list(p.exposedHeaders, '"')}},
})
if err != nil {
	log.Fatal(err)
}
http.ListenAndServe(":8080", mw.Wrap(mux))`,
}
