import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Answers requests with Spring's CorsFilter. Reads one line per option set: options, then requests, split by control characters. */
class Peer {
  private static final String SET = "\u001e", ENTRY = "\t", PART = "\u001f";

  public static void main(String[] words) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] halves = line.split(SET, -1);
      try {
        out.println("+" + answers(filter(halves[0]), halves[1]));
      } catch (IllegalArgumentException error) {
        out.println("-" + error.getMessage().replaceAll("\\s", " "));
      }
    }
  }

  private static CorsFilter filter(String options) {
    CorsConfiguration config = new CorsConfiguration();
    boolean hasDefaults = false;
    for (String option : options.split(ENTRY)) {
      String[] parts = option.split(PART, -1);
      List<String> values = new ArrayList<>(List.of(parts).subList(1, parts.length));
      switch (parts[0]) {
        case "allowedOrigins" -> config.setAllowedOrigins(values);
        case "allowedOriginPatterns" -> config.setAllowedOriginPatterns(values);
        case "allowedMethods" -> config.setAllowedMethods(values);
        case "allowedHeaders" -> config.setAllowedHeaders(values);
        case "exposedHeaders" -> config.setExposedHeaders(values);
        case "allowCredentials" -> config.setAllowCredentials(Boolean.valueOf(values.get(0)));
        case "maxAge" -> config.setMaxAge(Long.valueOf(values.get(0)));
        case "applyPermitDefaultValues" -> hasDefaults = Boolean.parseBoolean(values.get(0));
        default -> {}
      }
    }
    if (hasDefaults) config.applyPermitDefaultValues();
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/**", config);
    return new CorsFilter(source);
  }

  private static String answers(CorsFilter filter, String requests) throws Exception {
    List<String> answers = new ArrayList<>();
    for (String asked : requests.split(ENTRY)) {
      if (asked.isEmpty()) continue;
      String[] parts = asked.split(PART, -1);
      MockHttpServletRequest request = new MockHttpServletRequest(parts[0], "/x");
      for (int i = 1; i + 1 < parts.length; i += 2) request.addHeader(parts[i], parts[i + 1]);
      MockHttpServletResponse response = new MockHttpServletResponse();
      MockFilterChain chain = new MockFilterChain();
      filter.doFilter(request, response, chain);
      List<String> lines = new ArrayList<>(List.of(String.valueOf(response.getStatus())));
      if (chain.getRequest() != null) lines.addAll(List.of("X-Reached", "1"));
      for (String name : response.getHeaderNames())
        for (String value : response.getHeaders(name)) lines.addAll(List.of(name, value));
      answers.add(String.join(PART, lines));
    }
    return String.join(ENTRY, answers);
  }
}
