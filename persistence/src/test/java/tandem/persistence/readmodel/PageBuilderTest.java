package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tandem.router.domain.TenantId;

class PageBuilderTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final CallFilter NOBODY = new CallFilter(null, null, null, "nobody", null, null);

  @Test
  void shouldStopWhenThePageIsFullAndGoOnAfterItsLastCall() {
    PageBuilder page = new PageBuilder(CallFilter.ALL, 2);
    assertThat(page.takeAndGoOn(call(1))).isTrue();
    assertThat(page.takeAndGoOn(call(2))).isFalse();
    CallPage built = page.build();
    assertThat(built.calls()).hasSize(2);
    assertThat(built.next()).isNotNull();
    assertThat(Cursor.decode(built.next())).isEqualTo(new Cursor(AT, call(2).id().channel()));
  }

  @Test
  void shouldBeTheLastPageWhenTheCallsEndBeforeItIsFull() {
    PageBuilder page = new PageBuilder(CallFilter.ALL, 2);
    assertThat(page.takeAndGoOn(call(1))).isTrue();
    assertThat(page.build().next()).isNull();
  }

  @Test
  void shouldGiveUpAfterLookingAtManyCallsButLetTheClientGoOn() {
    PageBuilder page = new PageBuilder(NOBODY, 10);
    for (int n = 1; n < PageBuilder.MOST_LOOKED_AT; n++) {
      assertThat(page.takeAndGoOn(call(n))).isTrue();
    }
    assertThat(page.takeAndGoOn(call(PageBuilder.MOST_LOOKED_AT))).isFalse();
    assertThat(page.build().calls()).isEmpty();
    assertThat(page.build().next()).isNotNull();
  }

  @Test
  void shouldRefuseATimeSpanThatEndsBeforeItBegins() {
    assertThatThrownBy(() -> new CallFilter(AT, AT, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("from: must be before to");
  }

  private static CallRecord call(int n) {
    return CallRecord.of(Calls.numbered(Calls.abandoned(Calls.id(new TenantId("acme"), n), AT)))
        .orElseThrow();
  }
}
