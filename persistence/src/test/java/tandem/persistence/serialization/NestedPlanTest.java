package tandem.persistence.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.time.Manual;
import tandem.router.plan.RoutingPlan;

/** What plans say is read as it was written, however deep it lies and whatever an attribute is. */
class NestedPlanTest {
  private static final ActorTestKit KIT = ActorTestKit.create("nested", SerializationConfig.load());
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final ObjectMapper JSON =
      JacksonObjectMapperProvider.get(KIT.system()).getOrCreate("jackson-json", Optional.empty());
  private static final Instant AT = Instant.parse("2026-11-20T09:30:00.123456Z");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldKeepActionsInParkLotsInStepsInWaits() throws IOException {
    Action last = new Action.Transfer(new PhoneNumber("+14155550199"));
    Action inner = wait(Wants.ANYBODY, new Action.Step(null, 3, List.of(new Change.Go(last))));
    Action parked = new Action.Park("lobby", Duration.ofMinutes(1), inner);
    Action outer =
        wait(
            Wants.ANYBODY,
            new Action.Step(
                Duration.ofSeconds(30),
                null,
                List.of(
                    new Change.Notify("long"), new Change.SetPriority(80), new Change.Go(parked))));
    sameAfterwards(new Call.Held("lobby", outer, AT, AT));
    sameAfterwards(new Call.Held("lobby", parked, AT, AT));
  }

  @Test
  void shouldKeepWhatKindEachAttributeIs() throws IOException {
    Attributes attributes =
        Attributes.of(
            Map.of(
                "tier", "gold", "small", 7L, "large", 1L << 40, "whole", 3.0, "share", 0.25,
                "known", true));
    sameAfterwards(new Call.Held("lobby", new Action.SetAttributes(attributes), AT, AT));
    Wants wants =
        new Wants(
            "call.attributes.small > 3",
            "",
            new TreeMap<>(
                Map.of("call.from", "+14155550123", "call.attributes", attributes.values())));
    sameAfterwards(new Call.Held("lobby", wait(wants), AT, AT));
  }

  @Test
  void shouldKeepAnOverrideThatNeverEnds() throws IOException {
    sameAfterwards(new RoutingPlan.ManualSet("office", new Manual(false, null), "anna", AT));
    sameAfterwards(new RoutingPlan.ManualSet("office", null, "anna", AT));
    sameAfterwards(
        new RoutingPlan.InForce(
            new TenantId("acme"), 3, null, null, Map.of("office", new Manual(true, null))));
  }

  private static Action.Wait wait(Wants wants, Action.Step... steps) {
    return new Action.Wait(
        List.of("support"), 50, List.of(), wants, List.of(steps), AnswerMode.ON_QUEUE);
  }

  /** In the journal's bytes, and as JSON in the history. */
  private static void sameAfterwards(Object before) throws IOException {
    var serializer = SERIALIZATION.findSerializerFor(before);
    Object back =
        SERIALIZATION
            .deserialize(
                SERIALIZATION.serialize(before).get(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, before))
            .get();
    assertThat(back).isEqualTo(before);
    assertThat(JSON.readValue(JSON.writeValueAsString(before), before.getClass()))
        .isEqualTo(before);
  }
}
