package parley.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The rules of cdk-nag's pack AwsSolutions, and those that are not followed here, each with why.
final class Rules {
  private Rules() {}

  /// A rule that is not followed.
  private record Departure(String rule, String reason) {}

  private static final List<Departure> NOT_FOLLOWED =
      List.of(
          new Departure(
              "AwsSolutions-APIG4",
              "The contract says who may do what, route by route, and a test holds it to that; the"
                  + " gateway hands on."),
          new Departure(
              "AwsSolutions-APIG1",
              "Lines about connections would tell who is there when. Requests are logged by route,"
                  + " without addresses."),
          new Departure(
              "AwsSolutions-DDB3",
              "Archives for people are there for a day: a backup would keep them for weeks. The table"
                  + " and the ledger have theirs, which a test holds."),
          new Departure(
              "AwsSolutions-S1",
              "The bucket holds files that everybody may have. A log would hold addresses of people."),
          new Departure(
              "AwsSolutions-CFR1", "Parley does not know who may use it from where: a choice."),
          new Departure(
              "AwsSolutions-CFR2",
              "A firewall costs more in a month than a small deployment in all; the contract has rate"
                  + " limits and bounds of its own. A choice."),
          new Departure(
              "AwsSolutions-CFR3", "A log of the distribution would hold addresses of people."),
          new Departure(
              "AwsSolutions-CFR4",
              "The distribution's own certificate allows no choice of protocols. With a domain of one's"
                  + " own it is TLS 1.2 and newer."),
          new Departure(
              "AwsSolutions-SMG4",
              "The deployment's secret has up to three values, and is rotated by adding one (decision"
                  + " 10), which no schedule can do. The others follow it."),
          new Departure(
              "AwsSolutions-SNS2",
              "Names of alarms are no secret, and a key that alarms may use costs a dollar a month."),
          new Departure(
              "AwsSolutions-COG1",
              "Passwords are long rather than complicated: twelve characters of any kind."),
          new Departure("AwsSolutions-COG2", "A second factor is everybody's own choice."),
          new Departure(
              "AwsSolutions-COG3",
              "Threat protection is a plan that costs by the person: a choice."),
          new Departure(
              "AwsSolutions-COG8",
              "Threat protection is a plan that costs by the person: a choice."),
          new Departure(
              "AwsSolutions-SQS3",
              "It is itself the queue for what could not be done; nothing consumes it."),
          new Departure(
              "AwsSolutions-VPC7",
              "A log of the network would tell when functions ran, and costs more than it says."));

  private static final Departure WILDCARDS =
      new Departure(
          "AwsSolutions-IAM5",
          "Connections get their ids from the gateway, and network interfaces from the network: nobody"
              + " knows them before. A test names every wildcard that there is.");

  /// Puts the reasons into the template, where whoever reads it finds them, and the rules over it.
  static void applyTo(App app, Stack stack) {
    NagSuppressions.addStackSuppressions(
        stack,
        Stream.concat(NOT_FOLLOWED.stream(), Stream.of(WILDCARDS))
            .map(each -> NagPackSuppression.builder().id(each.rule()).reason(each.reason()).build())
            .toList());
    Annotations notes = Annotations.of(stack);
    // Another content has another name (Choices.code), and every function has a version.
    notes.acknowledgeWarning("@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified");
    notes.acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
  }

  /// What the rules have against a template: a sentence each. The library leaves them in a file
  /// beside it.
  static List<String> broken(Path notes) {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, JsonNode> part : JsonMapper.shared().readTree(notes).properties()) {
      for (JsonNode note : part.getValue()) {
        String kind = note.path("type").asString("");
        if (kind.equals("aws:cdk:error") || kind.equals("aws:cdk:warning")) {
          broken.add(part.getKey() + ": " + note.path("data").asString(""));
        }
      }
    }
    return broken;
  }
}
