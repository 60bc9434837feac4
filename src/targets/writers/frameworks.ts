import type { Can } from '../can.ts'
import { exposedNames } from '../header-values.ts'
import { anyOf, EVERY_KIND } from '../origin-regex.ts'
import { double, indent, list, phpRaw, single } from '../quote.ts'
import { type ForeignTarget, foreign } from '../row.ts'

const ECHOING: Can = {
  origins: EVERY_KIND,
  quoting: 'any',
  methods: 'upper-case',
  anyMethod: 'always',
  // For "*", these products repeat the names that were asked for, with Authorization.
  anyHeader: 'all',
  headerPatterns: false,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: false,
}

const isPlain = ({ kind }: { kind: string }) => kind === 'exact' || kind === 'app'

export const spring: ForeignTarget<'spring'> = foreign({
  name: 'spring',
  title: 'Spring',
  kind: 'code',
  language: 'java',
  where:
    'In a @Configuration class. With Spring Security add http.cors(withDefaults()) to the SecurityFilterChain, so that a preflight is answered before authentication.',
  removes:
    'Remove every @CrossOrigin, addCorsMappings and CorsFilter, and every Access-Control-… that a filter sets: Spring leaves an answer alone that has Access-Control-Allow-Origin already.',
  proof: 'schema',
  can: { ...ECHOING, methods: 'any' },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, anyHeader, requestHeaders, maxAge } = policy
    const values = (names: readonly string[]) => `List.of(${list(names, double)})`
    const isExact = origins.every(isPlain)
    const made = isExact
      ? 'var cors = new CorsConfiguration();'
      : `var allowed = java.util.regex.Pattern.compile(${double(anyOf(origins))});
  var cors = new CorsConfiguration() {
    @Override
    public String checkOrigin(String origin) { // setAllowedOriginPatterns would let "*" span dots
      return origin != null && allowed.matcher(origin).matches() ? origin : null;
    }
  };`
    const lines = [
      made,
      ...(isExact ? [`cors.setAllowedOrigins(${values(anyOrigin ? ['*'] : origins.map(({ text }) => text))});`] : []),
      `cors.setAllowedMethods(${values(anyMethod ? ['*'] : methods)});`,
      `cors.setAllowedHeaders(${values(anyHeader ? ['*'] : requestHeaders)});`,
      `cors.setExposedHeaders(${values(exposedNames(policy))});`,
      `cors.setAllowCredentials(${credentials});`,
      ...(maxAge === null ? [] : [`cors.setMaxAge(${maxAge}L);`]),
      'var source = new UrlBasedCorsConfigurationSource();',
      'source.registerCorsConfiguration("/**", cors);',
      'return source;',
    ]
    return `@Bean
CorsConfigurationSource corsConfigurationSource() {
  ${lines.join('\n  ')}
}`
  },
})

export const rails: ForeignTarget<'rails'> = foreign({
  name: 'rails',
  title: 'Rails',
  kind: 'code',
  language: 'ruby',
  install: 'bundle add rack-cors',
  where:
    'In config/initializers/cors.rb. insert_before 0 puts it above every other middleware: Warden and Rack::Attack would answer a preflight first.',
  removes:
    'Remove every other Rack::Cors block, the OPTIONS route of routes.rb, and Access-Control-… in controllers and config.action_dispatch.default_headers: for strangers those stay.',
  proof: 'schema',
  can: { ...ECHOING, anyMethod: 'never' },
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyHeader, requestHeaders, maxAge } = policy
    const sources = origins.map((origin) =>
      isPlain(origin) ? single(origin.text) : `%r{\\A${origin.regex.slice(1, -1).replaceAll('/', '\\/')}\\z}`,
    )
    // rack-cors always allows Content-Type too.
    const isStrict = !anyHeader && !requestHeaders.some((name) => name.toLowerCase() === 'content-type')
    const options = [
      `methods: [${list(
        methods.map((name) => name.toLowerCase()),
        (name) => `:${single(name)}`,
      )}, :options],`,
      `headers: ${anyHeader ? ':any' : `[${list(requestHeaders, single)}]`},`,
      `expose: [${list(exposedNames(policy), single)}],`,
      `credentials: ${credentials},`,
      `max_age: ${maxAge ?? 5}${isStrict ? ',' : ''}`,
      ...(isStrict
        ? ["if: proc { |env| !env['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'].to_s.match?(/content-type/i) }"]
        : []),
    ]
    return `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins ${anyOrigin ? "'*'" : sources.join(', ')}
    resource '*',
      ${options.join('\n      ')}
  end
end`
  },
})

export const aspnet: ForeignTarget<'aspnet'> = foreign({
  name: 'aspnet',
  title: 'ASP.NET Core',
  kind: 'code',
  language: 'csharp',
  where:
    'In Program.cs: AddCors above builder.Build(), UseCors below UseRouting and above UseAuthentication and UseAuthorization. UseExceptionHandler stands above it; errors lose the headers where it clears the response, so add them there.',
  removes:
    'Remove every other AddCors, UseCors, [EnableCors] and RequireCors, <customHeaders> of web.config, and Access-Control-… that code sets.',
  proof: 'schema',
  can: ECHOING,
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, anyHeader, requestHeaders, maxAge } = policy
    const from = anyOrigin
      ? '.AllowAnyOrigin()'
      : origins.every(isPlain)
        ? `.WithOrigins(${list(
            origins.map(({ text }) => text),
            double,
          )})`
        : `.SetIsOriginAllowed(origin => Regex.IsMatch(origin, ${double(anyOf(origins))}, RegexOptions.CultureInvariant))`
    const rules = [
      from,
      anyMethod ? '.AllowAnyMethod()' : `.WithMethods(${list(methods, double)})`,
      anyHeader ? '.AllowAnyHeader()' : `.WithHeaders(${list(requestHeaders, double)})`,
      `.WithExposedHeaders(${list(exposedNames(policy), double)})`,
      credentials ? '.AllowCredentials()' : '.DisallowCredentials()',
      ...(maxAge === null ? [] : [`.SetPreflightMaxAge(TimeSpan.FromSeconds(${maxAge}))`]),
    ]
    return `using System.Text.RegularExpressions;

builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    ${indent(rules.join('\n'), '    ')}));

app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();`
  },
})

export const laravel: ForeignTarget<'laravel'> = foreign({
  name: 'laravel',
  title: 'Laravel',
  kind: 'code',
  language: 'php',
  where:
    'In config/cors.php (php artisan config:publish cors; php artisan config:clear afterwards). HandleCors has to be the first global middleware, as it is by default.',
  removes:
    "Remove a CORS middleware of your own, header('Access-Control-…') in routes, and Access-Control-… lines of .htaccess and nginx.",
  proof: 'schema',
  can: ECHOING,
  write: (policy) => {
    const { anyOrigin, origins, credentials, methods, anyMethod, anyHeader, requestHeaders, maxAge } = policy
    const exact = origins.filter(isPlain).map(({ text }) => text)
    const patterns = origins
      .filter((origin) => !isPlain(origin))
      .map(({ regex }) => `#${regex.replaceAll('#', '\\#')}#D`)
    return `return [
    'paths' => ['*'],
    'allowed_methods' => [${list(anyMethod ? ['*'] : methods, single)}],
    'allowed_origins' => [${list(anyOrigin ? ['*'] : exact, single)}],
    'allowed_origins_patterns' => [${list(patterns, phpRaw)}],
    'allowed_headers' => [${list(anyHeader ? ['*'] : requestHeaders, single)}],
    'exposed_headers' => [${list(exposedNames(policy), single)}],
    'max_age' => ${maxAge ?? 'null'},
    'supports_credentials' => ${credentials},
];`
  },
})
