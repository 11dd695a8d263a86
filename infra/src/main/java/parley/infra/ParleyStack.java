package parley.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.host.Variables;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/// Everything, put together.
///
/// The distribution knows the gateways, functions know the distribution's address, and the
/// gateways' routes know the functions: in this order it is no circle.
final class ParleyStack extends Stack {
  ParleyStack(Construct app, Choices choices, StackProps props) {
    super(app, "Parley", props);
    TableParts table = new TableParts(this, choices);
    LedgerParts ledger = new LedgerParts(this);
    ArchiveParts archives = new ArchiveParts(this);
    // The table is worth nothing without it, so it stays where the table stays (decision 10).
    Secret secret =
        generated(
            "Secret", "the deployment's secret, the newest value first", RemovalPolicy.RETAIN);
    Secret edgeKey =
        generated(
            "EdgeKey",
            "what the distribution proves itself with to the functions",
            RemovalPolicy.DESTROY);
    String edge = edgeKey.getSecretValue().unsafeUnwrap();
    HttpApi http = new HttpApi(this, choices);
    SocketApi socket = new SocketApi(this);
    Site site = new Site(this, http, socket, edge, choices.domain(), certificate(choices));
    StreamMapping changes = new StreamMapping(this, table);
    Optional<SharedCache> cache =
        choices.cache() ? Optional.of(new SharedCache(this)) : Optional.empty();

    Functions functions =
        new Functions(
            this,
            choices,
            code(choices),
            new Grants(table, ledger, archives, secret.getSecretArn(), socket),
            Map.of(
                Variables.TABLE, table.name(),
                Variables.SECRET_ARN, secret.getSecretArn(),
                Variables.PUBLIC_URL, site.url(),
                Variables.EDGE_KEY, edge,
                Variables.RETENTION_DAYS, Integer.toString(choices.retentionDays())),
            cache);
    List<Functions.Made> all = new ArrayList<>();
    Optional<SignInParts> signIn =
        switch (choices.signIn()) {
          case OWN -> Optional.empty();
          case OIDC -> Optional.of(givenIssuer());
          case COGNITO -> {
            Functions.Made confirmed = functions.make(Task.POST_CONFIRMATION, Map.of(), List.of());
            all.add(confirmed);
            yield Optional.of(new Pool(this, confirmed, site).parts());
          }
        };
    Map<String, String> leaving =
        Map.of(
            Variables.LEDGER_TABLE, ledger.name(),
            Variables.ARCHIVE_TABLE, archives.name(),
            Variables.ERASURE_GRACE_DAYS, Integer.toString(choices.graceDays()),
            Variables.BACKUP_DAYS, Integer.toString(choices.backupDays()));
    Map<String, String> connections = Map.of(Variables.SOCKET_ENDPOINT, socket.endpoint());
    Functions.Made requests =
        functions.make(
            Task.HTTP,
            Stream.concat(
                    leaving.entrySet().stream(),
                    signIn.stream().flatMap(parts -> parts.environment().entrySet().stream()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            signIn.map(SignInParts::granted).stream().toList());
    Functions.Made stream = functions.make(Task.STREAM, connections, changes.granted());
    Functions.Made sockets = functions.make(Task.SOCKET, connections, List.of());
    Functions.Made authorizer = functions.make(Task.SOCKET_AUTHORIZER, Map.of(), List.of());
    Functions.Made chores = functions.make(Task.CHORES, leaving, List.of());
    all.addAll(List.of(requests, stream, sockets, authorizer, chores));
    http.to(requests);
    changes.to(stream, choices);
    socket.to(sockets, authorizer);
    new Clockwork(this, chores);
    new Watch(this, table, all, stream, changes, http);
    new Board(this, table, all, stream, changes, http, socket);

    output("Url", site.url(), "Where it is");
    output("DistributionHost", site.host(), "What the record of a domain of one's own points to");
    output("FilesBucket", site.bucket(), "Where the web client's files go");
    output("TableName", table.name(), "For parley table and parley rebuild");
    output("LedgerTableName", ledger.name(), "Who was erased, as keyed hashes");
    output("SecretArn", secret.getSecretArn(), "The deployment's secret");
    output("GivenUpQueue", changes.givenUp().getQueueUrl(), "Records that could not be projected");
  }

  /// Letters and digits, as many as read as base64.
  private Secret generated(String id, String what, RemovalPolicy removal) {
    return Secret.Builder.create(this, id)
        .description("Parley: " + what)
        .generateSecretString(
            SecretStringGenerator.builder()
                .passwordLength(Bounds.SECRET_CHARS)
                .excludePunctuation(true)
                .includeSpace(false)
                .build())
        .removalPolicy(removal)
        .build();
  }

  private IBucket code(Choices choices) {
    String bucket =
        parameter("CodeBucket", "The bucket with the functions' package, " + choices.code());
    return Bucket.fromBucketName(this, "Code", bucket);
  }

  private Optional<ICertificate> certificate(Choices choices) {
    return choices
        .domain()
        .map(domain ->
            Certificate.fromCertificateArn(
                this,
                "Certificate",
                parameter(
                    "CertificateArn",
                    "The certificate of " + domain + ", which must be in us-east-1")));
  }

  private SignInParts givenIssuer() {
    return new SignInParts(
        "oidc",
        parameter("OidcName", "What people are shown of it, after \"sign in with\""),
        parameter("OidcIssuer", "The issuer, as its discovery document names it"),
        parameter("OidcClient", "What it calls this deployment: the client id"),
        CfnParameter.Builder.create(this, "OidcAudience")
            .type("String")
            .defaultValue("")
            .description(
                "What its access tokens for this deployment are made out to; without it, none are taken")
            .build()
            .getValueAsString(),
        parameter("OidcSecretArn", "The secret of Secrets Manager that has the client secret"),
        CfnParameter.Builder.create(this, "OidcTrusted")
            .type("String")
            .allowedValues(List.of("true", "false"))
            .defaultValue("false")
            .description(
                "Whether it is trusted to know somebody again whom it gave another subject, by the claim"
                    + " OidcRelinkClaim")
            .build()
            .getValueAsString(),
        CfnParameter.Builder.create(this, "OidcRelinkClaim")
            .type("String")
            .defaultValue("")
            .description(
                "By which claim that is, never an address; nothing where it is not trusted")
            .build()
            .getValueAsString());
  }

  private String parameter(String name, String description) {
    return CfnParameter.Builder.create(this, name)
        .type("String")
        .minLength(1)
        .description(description)
        .build()
        .getValueAsString();
  }

  private void output(String name, String value, String description) {
    CfnOutput.Builder.create(this, name).value(value).description(description).build();
  }
}
