package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.host.Services;
import parley.host.Variables;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Receipts;
import parley.store.LedgerItem;
import parley.store.LedgerTable;
import parley.store.TestTables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// What a schedule calls: erasures come to their end, and nobody comes back with a backup.
class ChoresFunctionTest {
  private final DynamoDbClient client = TestTables.engine().client();
  private final Rig rig = new Rig();
  private final String ledgerName = rig.table.name() + "-ledger";
  private Services services;
  private Account mara;

  @BeforeEach
  void aLedgerAndSomebody() {
    client.createTable(r ->
        r.tableName(ledgerName)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName(LedgerTable.KEY)
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder()
                    .attributeName(LedgerTable.KEY)
                    .keyType(KeyType.HASH)
                    .build()));
    rig.with(Variables.LEDGER_TABLE, ledgerName)
        .with(Variables.ERASURE_GRACE_DAYS, "0")
        .with(Variables.BACKUP_DAYS, "35");
    services = rig.assembly().services();
    mara = account("mara");
  }

  private Account account(String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName(handle);
    Password password = Password.parse("violets are bluish", owner, name).orThrow();
    return ((SignUp.Created) services.accounts().signUp(owner, name, password, Source.HERE))
        .account();
  }

  private LedgerTable ledger() {
    return new LedgerTable(client, ledgerName, Secret.parse(Rig.SECRET));
  }

  /// A call, by an instance of its own.
  private void call() {
    assertThat(Rig.invoke(new ChoresFunction(rig.assembly()), "{}")).isEqualTo("{}");
  }

  private String erased() {
    Erasures.Asked asked = services.erasures().ask(mara);
    String code = ((Erasures.Asked.Done) asked).code();
    call();
    for (Duration wait :
        List.of(Limits.ERASURE_SETTLES, Duration.ZERO, Limits.ERASURE_LAST_SWEEP_AFTER)) {
      rig.clock.advance(wait);
      call();
    }
    Erasures.Status status = services.erasures().claim(Claim.parse(code).orThrow());
    return ((Erasures.Status.Done) status).receipt();
  }

  @Test
  void anErasureEndsWithAReceiptThatSaysWhatRemains() {
    String receipt = erased();
    assertThat(services.receipts().check(receipt))
        .isEqualTo(new Receipts.Checked.Genuine(mara.id()));
    assertThat(receipt)
        .contains("in backups, for 35 days", "in the ledger of erased accounts")
        .doesNotContain("embedded");
    assertThat(services.accounts().byHandle(mara.handle())).isNull();
    assertThat(ledger().names(mara.id())).isTrue();
    // What it wrote down itself it does not look for in the table afterwards.
    assertThat(new LedgerItem(rig.table).seen()).isEqualTo(ledger().state()).isNotEmpty();
  }

  @Test
  void whoComesBackWithABackupIsErasedAgain() {
    Account ben = account("ben");
    ledger().add(mara.id());
    call();
    rig.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(services.accounts().byHandle(mara.handle())).isNull();
    assertThat(services.accounts().byHandle(ben.handle())).isNotNull();
    assertThat(new LedgerItem(rig.table).seen()).isEqualTo(ledger().state());
    assertThat(services.erasures().all(10)).hasSize(1);
  }

  @Test
  void theLedgerNamesNobody() {
    ledger().add(mara.id());
    ledger().add(mara.id());
    assertThat(client.scan(r -> r.tableName(ledgerName)).items())
        .hasSize(2)
        .allSatisfy(item -> assertThat(item.toString()).doesNotContain(mara.id().value()));
    assertThat(ledger().state()).isEqualTo("1");
    assertThat(ledger().names(account("ben").id())).isFalse();
  }

  @Test
  void aCallWithoutWorkLooksOnce() {
    call();
    assertThat(rig.printed().getLast())
        .contains("\"Function\":\"Chores\"", "\"Pieces\":0", "\"Failures\":0")
        .contains("\"erasures_due\":0");
  }
}
