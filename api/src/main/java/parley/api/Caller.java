package parley.api;

import parley.messaging.account.Authenticated;

/// Who calls, and how their token came.
record Caller(Authenticated who, Transport transport) {}
