package parley.api;

import java.util.ArrayList;
import java.util.List;
import parley.api.Problem.FieldError;
import parley.messaging.Parsed;

/// Collects what is wrong with a request, so that all of it is told at once.
final class Faults {
  private final List<FieldError> found = new ArrayList<>();

  void add(String field, String code, String message) {
    if (found.size() < Bounds.ERRORS_TOLD) {
      found.add(new FieldError(field, code, message));
    }
  }

  boolean any() {
    return !found.isEmpty();
  }

  /// Ends the handling of the request if anything was wrong.
  void refuse() {
    if (any()) {
      throw Problem.of(ProblemCode.VALIDATION_FAILED).errors(found).refusal();
    }
  }

  /// The refusal of the one field that is at fault.
  static Refusal of(String field, Parsed.Bad<?> bad) {
    return Problem.of(ProblemCode.VALIDATION_FAILED)
        .errors(List.of(new FieldError(field, bad.code(), bad.message())))
        .refusal();
  }

  /// A name that a client chose, short enough to be repeated to it.
  static String told(String name) {
    return name.codePointCount(0, name.length()) <= Bounds.FIELD_NAME_TOLD
        ? name
        : name.substring(0, name.offsetByCodePoints(0, Bounds.FIELD_NAME_TOLD));
  }
}
