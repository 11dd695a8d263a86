package parley.api;

import parley.messaging.account.Authenticated;

/// Who calls, and how their token came. `byProvider` says that it is an identity provider's.
record Caller(Authenticated who, Transport transport, boolean byProvider) {}
