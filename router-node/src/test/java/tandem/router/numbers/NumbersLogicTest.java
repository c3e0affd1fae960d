package tandem.router.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.numbers.Numbers.ClaimReply;

class NumbersLogicTest {
  private static final TenantId OTHER = new TenantId("other");
  private static final PhoneNumber NUMBER = new PhoneNumber("+14155550100");

  private final Played<Numbers.Command, Numbers.Event, NumbersLogic.State> numbers =
      new Played<>(new HandClock(), NumbersLogic::new);

  @Test
  void shouldGiveANumberToTheFirstTenantThatClaimsIt() {
    assertThat(claim(Given.ACME, entry(Given.SUPPORT, 50))).isEqualTo(ClaimReply.DONE);
    numbers.assertPersisted(Numbers.Claimed.class);

    assertThat(claim(OTHER, entry(new QueueId(OTHER, "support"), 50)))
        .isEqualTo(ClaimReply.TAKEN_BY_ANOTHER_TENANT);

    numbers.assertPersisted();
    assertThat(snapshot(-1).numbers())
        .containsExactly(new Numbers.Listed(NUMBER, entry(Given.SUPPORT, 50)));
  }

  @Test
  void shouldGiveItToAnotherOnceItIsReleased() {
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    assertThat(release(OTHER)).isEqualTo(ClaimReply.NOT_YOURS);
    assertThat(release(Given.ACME)).isEqualTo(ClaimReply.DONE);
    assertThat(release(Given.ACME)).isEqualTo(ClaimReply.NOT_YOURS);

    assertThat(claim(OTHER, entry(new QueueId(OTHER, "support"), 50))).isEqualTo(ClaimReply.DONE);
  }

  @Test
  void shouldNotLeadANumberIntoAnotherTenant() {
    assertThat(claim(OTHER, entry(Given.SUPPORT, 50))).isEqualTo(ClaimReply.NOT_YOURS);
    numbers.assertPersisted();
  }

  @Test
  void shouldChangeWhereItLeadsAndPersistOnlyChanges() {
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    numbers.assertPersisted();
    claim(Given.ACME, entry(Given.SALES, 80));
    numbers.assertPersisted(Numbers.Claimed.class);

    assertThat(numbers.state().entry(NUMBER)).isEqualTo(entry(Given.SALES, 80));
  }

  @Test
  void shouldSendNothingToWhoHasItAll() {
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    long version = snapshot(-1).version();

    assertThat(snapshot(version)).isEqualTo(new Numbers.Snapshot(version, List.of()));
    assertThat(snapshot(version - 1).numbers()).hasSize(1);
  }

  @Test
  void shouldRememberAcrossARestart() {
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    NumbersLogic.State before = numbers.state();

    assertThat(numbers.restart().state()).isEqualTo(before);
  }

  private static Entry entry(QueueId queue, int priority) {
    return new Entry(queue, priority, AnswerMode.ON_QUEUE);
  }

  private ClaimReply claim(TenantId tenant, Entry entry) {
    return numbers.take(new Numbers.Claim(tenant, NUMBER, entry, null)).replied(ClaimReply.class);
  }

  private ClaimReply release(TenantId tenant) {
    return numbers.take(new Numbers.Release(tenant, NUMBER, null)).replied(ClaimReply.class);
  }

  private Numbers.Snapshot snapshot(long known) {
    return numbers.take(new Numbers.Changes(known, null)).replied(Numbers.Snapshot.class);
  }
}
