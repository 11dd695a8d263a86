package parley.prove;

import java.util.ArrayList;
import java.util.List;

/// Whether two views of one conversation are the same, whoever looked and however.
final class ViewCheck {
  private ViewCheck() {}

  static List<Finding> of(Promise promise, String where, List<Item> one, List<Item> other) {
    List<Finding> findings = new ArrayList<>();
    int shared = Math.min(one.size(), other.size());
    for (int i = 0; i < shared; i++) {
      Item left = one.get(i).asOthersSeeIt();
      Item right = other.get(i).asOthersSeeIt();
      if (!left.equals(right)) {
        findings.add(
            new Finding(
                promise,
                where,
                left.seq() == right.seq()
                    ? "number %d is not the same for both".formatted(left.seq())
                    : "one has number %d where the other has %d"
                        .formatted(left.seq(), right.seq())));
        // What follows is shifted, and would be told again for each.
        return findings;
      }
    }
    if (one.size() != other.size()) {
      findings.add(
          new Finding(
              promise,
              where,
              "one has %d messages, the other %d".formatted(one.size(), other.size())));
    }
    return findings;
  }
}
