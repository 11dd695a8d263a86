package parley.infra;

import java.util.ArrayList;
import java.util.List;
import parley.api.Header;
import parley.api.PageHeaders;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudfront.CfnResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.CfnResponseHeadersPolicy.CustomHeaderProperty;
import software.amazon.awscdk.services.cloudfront.CfnResponseHeadersPolicy.SecurityHeadersConfigProperty;
import software.constructs.Construct;

/// The headers of pages, which are the contract's, as the distribution takes them: it has places of
/// its own for some, and refuses these among the others.
final class Headers {
  private static final String MAX_AGE = "max-age=";

  private Headers() {}

  static CfnResponseHeadersPolicy policy(Construct scope, String id, String cacheControl) {
    SecurityHeadersConfigProperty.Builder security = SecurityHeadersConfigProperty.builder();
    List<CustomHeaderProperty> others = new ArrayList<>();
    for (Header header : PageHeaders.overHttps()) {
      if (!hasPlace(header, security)) {
        others.add(other(header));
      }
    }
    others.add(other(new Header("Cache-Control", cacheControl)));
    return CfnResponseHeadersPolicy.Builder.create(scope, id + "Headers")
        .responseHeadersPolicyConfig(
            CfnResponseHeadersPolicy.ResponseHeadersPolicyConfigProperty.builder()
                .name(Aws.STACK_NAME + "-" + Aws.REGION + "-" + id)
                .securityHeadersConfig(security.build())
                .customHeadersConfig(
                    CfnResponseHeadersPolicy.CustomHeadersConfigProperty.builder()
                        .items(others)
                        .build())
                .build())
        .build();
  }

  private static boolean hasPlace(Header header, SecurityHeadersConfigProperty.Builder security) {
    String value = header.value();
    switch (header.name()) {
      case "Strict-Transport-Security" ->
          security.strictTransportSecurity(
              CfnResponseHeadersPolicy.StrictTransportSecurityProperty.builder()
                  .accessControlMaxAgeSec(maxAge(value))
                  .override(true)
                  .build());
      case "Content-Security-Policy" ->
          security.contentSecurityPolicy(
              CfnResponseHeadersPolicy.ContentSecurityPolicyProperty.builder()
                  .contentSecurityPolicy(value)
                  .override(true)
                  .build());
      case "X-Content-Type-Options" ->
          security.contentTypeOptions(
              CfnResponseHeadersPolicy.ContentTypeOptionsProperty.builder().override(true).build());
      case "X-Frame-Options" ->
          security.frameOptions(
              CfnResponseHeadersPolicy.FrameOptionsProperty.builder()
                  .frameOption(value)
                  .override(true)
                  .build());
      case "Referrer-Policy" ->
          security.referrerPolicy(
              CfnResponseHeadersPolicy.ReferrerPolicyProperty.builder()
                  .referrerPolicy(value)
                  .override(true)
                  .build());
      default -> {
        return false;
      }
    }
    return true;
  }

  /// The distribution takes the number alone, so nothing else may stand beside it.
  private static long maxAge(String value) {
    if (!value.startsWith(MAX_AGE)) {
      throw new IllegalStateException("Strict-Transport-Security says more than a time: " + value);
    }
    return Long.parseLong(value.substring(MAX_AGE.length()));
  }

  private static CustomHeaderProperty other(Header header) {
    return CustomHeaderProperty.builder()
        .header(header.name())
        .value(header.value())
        .override(true)
        .build();
  }
}
