package tandem.router.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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
  private static final int PAGE = Numbers.Snapshot.PAGE;
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

    assertThat(snapshot(version)).isEqualTo(new Numbers.Snapshot(version, null, List.of(), false));
    assertThat(snapshot(version - 1).numbers()).hasSize(1);
  }

  @Test
  void shouldRememberAcrossARestart() {
    claim(Given.ACME, entry(Given.SUPPORT, 50));
    NumbersLogic.State before = numbers.state();

    assertThat(numbers.restart().state()).isEqualTo(before);
  }

  @Test
  void shouldGiveALongListInPagesThatMakeOneOfOneVersion() {
    List<PhoneNumber> all = claimMany(2 * PAGE + 1);

    Numbers.Snapshot first = page(null);
    Numbers.Snapshot second = page(last(first));
    Numbers.Snapshot third = page(last(second));

    assertThat(List.of(first.numbers().size(), second.numbers().size(), third.numbers().size()))
        .containsExactly(PAGE, PAGE, 1);
    assertThat(List.of(first.more(), second.more(), third.more()))
        .containsExactly(true, true, false);
    NumberPages read = NumberPages.NONE.with(first).with(second);
    assertThat(read.whole()).isFalse();
    assertThat(read.with(first)).as("a late answer").isSameAs(read);
    read = read.with(third);
    assertThat(read.whole()).isTrue();
    assertThat(read.numbers()).extracting(Numbers.Listed::number).isEqualTo(all);
  }

  @Test
  void shouldBeginAgainWhenTheListChangesBetweenPages() {
    List<PhoneNumber> all = claimMany(PAGE + 1);
    NumberPages read = NumberPages.NONE.with(page(null));
    numbers.take(new Numbers.Release(Given.ACME, all.get(0), null));

    NumberPages again = read.with(page(read.after()));

    assertThat(again).isSameAs(NumberPages.NONE);
    assertThat(again.with(page(again.after())).numbers())
        .extracting(Numbers.Listed::number)
        .isEqualTo(all.subList(1, all.size()));
  }

  @Test
  void shouldShowATenantItsOwnNumbersOnly() {
    claim(OTHER, entry(new QueueId(OTHER, "support"), 50));
    List<PhoneNumber> own = claimMany(3);

    assertThat(find(Given.ACME, NUMBER).entry()).isNull();
    assertThat(find(OTHER, NUMBER).entry()).isNotNull();
    assertThat(find(Given.ACME, own.get(1)).entry()).isEqualTo(entry(Given.SUPPORT, 50));
    Numbers.Snapshot first = of(null, 2);
    assertThat(first.numbers()).extracting(Numbers.Listed::number).isEqualTo(own.subList(0, 2));
    assertThat(first.more()).isTrue();
    Numbers.Snapshot rest = of(last(first), 2);
    assertThat(rest.numbers()).extracting(Numbers.Listed::number).isEqualTo(own.subList(2, 3));
    assertThat(rest.more()).isFalse();
  }

  /** In their order; claimed in the opposite one. */
  private List<PhoneNumber> claimMany(int count) {
    List<PhoneNumber> all =
        IntStream.range(0, count)
            .mapToObj(i -> new PhoneNumber("+1416" + (1_000_000 + i)))
            .toList();
    for (int i = count - 1; i >= 0; i--) {
      numbers.take(new Numbers.Claim(Given.ACME, all.get(i), entry(Given.SUPPORT, 50), null));
    }
    return all;
  }

  private Numbers.Snapshot page(PhoneNumber after) {
    return numbers.take(new Numbers.Changes(-1, after, null)).replied(Numbers.Snapshot.class);
  }

  private Numbers.Snapshot of(PhoneNumber after, int most) {
    return numbers
        .take(new Numbers.Of(Given.ACME, after, most, null))
        .replied(Numbers.Snapshot.class);
  }

  private Numbers.Found find(TenantId tenant, PhoneNumber number) {
    return numbers.take(new Numbers.Find(tenant, number, null)).replied(Numbers.Found.class);
  }

  private static PhoneNumber last(Numbers.Snapshot page) {
    return page.numbers().get(page.numbers().size() - 1).number();
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
    return numbers.take(new Numbers.Changes(known, null, null)).replied(Numbers.Snapshot.class);
  }
}
