package parley.prove;

/// What is proved, each as a sentence of the report.
enum Promise {
  ANSWERED("every message was answered in the end"),
  KEPT("every acknowledged message is in the log"),
  ONCE("every message is there once, however often it was sent"),
  SAME_NUMBER("every acknowledgement names the number that the message has"),
  NO_GAP("numbers are 1, 2, 3, without a gap"),
  IN_ORDER("what was acknowledged before another was sent stands before it"),
  AS_SENT("every message is as its sender sent it, and there is no other"),
  SAME_FOR_BOTH("both people have the same history"),
  LIVE("whoever listened ends with exactly the log"),
  INBOX("every inbox shows the last message, what is unread, and the right order"),
  ONE_CONVERSATION("two people have one conversation");

  private final String sentence;

  Promise(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
