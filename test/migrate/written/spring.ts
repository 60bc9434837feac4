// How public projects write the options of Spring. Details are replaced.
import type { Shape } from './scripts.ts'

export const SPRING: readonly (Shape & { readonly file: string })[] = [
  {
    name: 'a bean with any origin and credentials',
    file: 'Security.java',
    text: `class Security {
  @Bean
  CorsConfigurationSource corsConfigurationSource() {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOriginPatterns(List.of("*")); // for now
    configuration.setAllowedMethods(Arrays.asList("GET", "POST", "PUT"));
    configuration.setAllowedHeaders(List.of("*"));
    configuration.setAllowCredentials(true);
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/**", configuration);
    return source;
  }
}
`,
  },
  {
    name: 'a registry',
    file: 'WebConfig.java',
    text: `class WebConfig implements WebMvcConfigurer {
  public void addCorsMappings(CorsRegistry registry) {
    registry.addMapping("/api/**")
        .allowedOrigins("https://app.example.com")
        .allowedMethods("GET", "POST", "DELETE")
        .allowCredentials(true);
  }
}
`,
  },
  {
    name: 'an annotation with null among the origins',
    file: 'Prices.java',
    text: `@CrossOrigin(origins = {"https://app.example.com", "null"}, allowedHeaders = "X-Client", maxAge = 3600)\n@RestController\nclass Prices {}\n`,
  },
  {
    name: 'every method with credentials, in Kotlin',
    file: 'Cors.kt',
    text: `fun cors(): CorsConfiguration {\n    val config = CorsConfiguration()\n    config.allowedOrigins = listOf("https://app.example.com")\n    config.allowedMethods = listOf("*")\n    config.allowedHeaders = listOf("*")\n    config.allowCredentials = true\n    return config\n}\n`,
  },
  {
    name: 'a registry on one line, with every method and credentials',
    file: 'Config.java',
    text: `class Config { void add(CorsRegistry registry) { registry.addMapping("/**").allowedOriginPatterns("https://*.example.com", "*").allowedMethods("*").allowCredentials(true); } }\n`,
  },
  {
    name: 'the qualified name of the class',
    file: 'Filters.java',
    text: `class Filters {\n\tFilter cors() {\n\t\torg.springframework.web.cors.CorsConfiguration c = new org.springframework.web.cors.CorsConfiguration();\n\t\tc.setAllowedOrigins(Collections.singletonList("https://app.example.com"));\n\t\tc.setAllowedMethods(Collections.singletonList("*"));\n\t\tc.setMaxAge(60L);\n\t\treturn new CorsFilter(r -> c);\n\t}\n}\n`,
  },
]
