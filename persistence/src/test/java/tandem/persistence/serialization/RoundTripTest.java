package tandem.persistence.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.Serializers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever goes between nodes or into the journal comes back as it was. */
class RoundTripTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create("round-trip", SerializationConfig.load());
  private static final Samples SAMPLES = new Samples(KIT);
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldFindWhatTheRouterSends() {
    assertThat(RouterTypes.ALL).hasSizeGreaterThan(60);
    assertThat(RouterTypes.events()).hasSizeGreaterThan(25);
  }

  @TestFactory
  Stream<DynamicTest> shouldComeBackAsItWas() {
    return RouterTypes.ALL.stream()
        .map(type -> DynamicTest.dynamicTest(name(type), () -> roundTrip(type)));
  }

  private static void roundTrip(Class<?> type) {
    List<Object> samples = SAMPLES.of(type);
    assertThat(samples).isNotEmpty();
    for (Object sample : samples) {
      var serializer = SERIALIZATION.findSerializerFor(sample);
      assertThat(serializer).isInstanceOf(SerializerWithStringManifest.class);
      assertThat(serializer.getClass().getSimpleName()).isEqualTo("JacksonCborSerializer");
      byte[] bytes = SERIALIZATION.serialize(sample).get();
      Object back =
          SERIALIZATION
              .deserialize(
                  bytes, serializer.identifier(), Serializers.manifestFor(serializer, sample))
              .get();
      assertThat(back).isEqualTo(sample);
    }
  }

  private static String name(Class<?> type) {
    return type.getName().substring("tandem.router.".length());
  }
}
