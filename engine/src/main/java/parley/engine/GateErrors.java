package parley.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;

/// Gives an error the form in which the library's HTTP handler writes it to the wire.
///
/// The engine's clients throw the SDK's exceptions; the handler knows only the library's own, and
/// answers 500 to anything else. So each is turned back, with its code, status, item and reasons.
final class GateErrors {
  private GateErrors() {}

  static DynamoDBLocalServiceException asExpectedByHandler(DynamoDbException e) {
    if (e instanceof DynamoDBLocalServiceException already) {
      return already;
    }
    AwsErrorDetails details = e.awsErrorDetails();
    @Nullable Map<String, software.amazon.dynamodb.services.local.shared.model.AttributeValue>
        item =
            e instanceof ConditionalCheckFailedException failed && failed.hasItem()
                ? values(failed.item())
                : null;
    @Nullable List<CancellationReason> reasons =
        e instanceof TransactionCanceledException canceled ? canceled.cancellationReasons() : null;
    return new DynamoDBLocalServiceException(
        details.errorMessage(), reasons, item, e.statusCode(), details.errorCode());
  }

  private static Map<String, software.amazon.dynamodb.services.local.shared.model.AttributeValue>
      values(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue())));
  }

  private static software.amazon.dynamodb.services.local.shared.model.AttributeValue value(
      AttributeValue value) {
    var wire = new software.amazon.dynamodb.services.local.shared.model.AttributeValue();
    return switch (value.type()) {
      case S -> wire.withS(value.s());
      case N -> wire.withN(value.n());
      case B -> wire.withB(value.b().asByteBuffer());
      case SS -> wire.withSS(value.ss());
      case NS -> wire.withNS(value.ns());
      case BS -> wire.withBsFromSdkBytes(value.bs());
      case M -> wire.withM(values(value.m()));
      case L -> wire.withL(value.l().stream().map(GateErrors::value).toList());
      case BOOL -> wire.withBOOL(value.bool());
      case NUL -> wire.withNULL(value.nul());
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("an attribute of an unknown type: " + value);
    };
  }
}
