package parley.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.api.PageHeaders;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CfnResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.ICachePolicy;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/// The one origin that browsers know: the web client's files, the contract and the events behind
/// one name.
final class Site extends Construct {
  /// What the distribution proves itself with to the functions, which then believe it who is
  /// connected.
  static final String KEY_HEADER = "X-Parley-Edge";

  private final Bucket files;
  private final Distribution distribution;
  private final Optional<String> domain;

  /// @param edgeKey the value of [#KEY_HEADER]
  Site(
      Construct scope,
      HttpApi http,
      SocketApi socket,
      String edgeKey,
      Optional<String> domain,
      Optional<ICertificate> certificate) {
    super(scope, "Site");
    this.domain = domain;
    files =
        Bucket.Builder.create(this, "Files")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            // They can be built again.
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    IOrigin bucket = S3BucketOrigin.withOriginAccessControl(files);
    IOrigin requests = gateway(http.host(), "", edgeKey);
    IOrigin events = gateway(socket.host(), "/" + SocketApi.STAGE, edgeKey);
    FunctionAssociation told = atTheEdge("Requests", "requests.js");
    BehaviorOptions contract = handedOn(requests, told);
    Map<String, BehaviorOptions> others = new LinkedHashMap<>();
    others.put("/api/events", handedOn(events, atTheEdge("Events", "events.js")));
    others.put("/api/*", contract);
    others.put("/openapi.json", contract);
    others.put("/health/*", contract);
    // Their names change with their content, so whoever has one keeps it.
    others.put(
        "/assets/*",
        file(
                bucket,
                CachePolicy.CACHING_OPTIMIZED,
                Headers.policy(this, "Assets", PageHeaders.FOREVER))
            .build());
    Distribution.Builder builder =
        Distribution.Builder.create(this, "Distribution")
            .comment("Parley")
            .defaultBehavior(
                file(
                        bucket,
                        CachePolicy.CACHING_DISABLED,
                        Headers.policy(this, "Pages", PageHeaders.ASK_EACH_TIME))
                    .functionAssociations(List.of(atTheEdge("Screens", "pages.js")))
                    .build())
            .additionalBehaviors(others)
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .priceClass(PriceClass.PRICE_CLASS_100);
    certificate.ifPresent(own ->
        builder
            .certificate(own)
            .domainNames(List.of(domain.orElseThrow()))
            .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021));
    distribution = builder.build();
  }

  private static IOrigin gateway(String host, String path, String edgeKey) {
    HttpOrigin.Builder origin =
        HttpOrigin.Builder.create(host)
            .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
            .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
            .customHeaders(Map.of(KEY_HEADER, edgeKey));
    if (!path.isEmpty()) {
      origin.originPath(path);
    }
    return origin.build();
  }

  private static BehaviorOptions.Builder file(
      IOrigin bucket, ICachePolicy cache, CfnResponseHeadersPolicy headers) {
    return BehaviorOptions.builder()
        .origin(bucket)
        .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
        .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
        .cachePolicy(cache)
        .compress(true)
        .responseHeadersPolicy(headers);
  }

  /// Everything of the request but its host's name, by which the gateway would not know itself.
  private static BehaviorOptions handedOn(IOrigin gateway, FunctionAssociation function) {
    return BehaviorOptions.builder()
        .origin(gateway)
        .allowedMethods(AllowedMethods.ALLOW_ALL)
        .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
        .cachePolicy(CachePolicy.CACHING_DISABLED)
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        .functionAssociations(List.of(function))
        .build();
  }

  private FunctionAssociation atTheEdge(String id, String file) {
    return FunctionAssociation.builder()
        .eventType(FunctionEventType.VIEWER_REQUEST)
        .function(
            Function.Builder.create(this, id)
                .runtime(FunctionRuntime.JS_2_0)
                .code(FunctionCode.fromInline(code(file)))
                .build())
        .build();
  }

  /// What runs at the edge.
  static String code(String file) {
    try (InputStream in = Site.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The file " + file + " is not among the resources.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where browsers see it.
  String url() {
    return "https://" + domain.orElseGet(distribution::getDistributionDomainName);
  }

  /// The distribution's own name, which a domain's record points to.
  String host() {
    return distribution.getDistributionDomainName();
  }

  String bucket() {
    return files.getBucketName();
  }
}
