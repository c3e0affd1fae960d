package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Any chunking gives the same frames; any damage gives frames or one error, within the memory
 * allowed.
 */
class EslFuzzTest {
  private static final EslLimits LIMITS = new EslLimits(16 * 1024, 32 * 1024);
  private static final List<String> NAMES =
      List.of(
          "01_basic_inbound.c1.in.gz",
          "02j_inbound_parked_json.c1.in.gz",
          "06_outbound_socket.o1.in.gz");
  private static final List<byte[]> STREAMS = NAMES.stream().map(Traces::bytes).toList();
  private static final List<List<EslFrame>> FRAMES = STREAMS.stream().map(Traces::frames).toList();

  @Property(tries = 200)
  void shouldGiveTheSameFramesHoweverTheBytesAreSplit(
      @ForAll @IntRange(max = 2) int which, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] stream = STREAMS.get(which);
    int most = 1 << random.nextInt(15);
    EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
    List<EslFrame> frames = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, 1 + random.nextInt(most));
      decoder.feed(stream, at, length);
      frames.addAll(Traces.drain(decoder));
      at += length;
    }
    assertThat(decoder.buffered()).isZero();
    assertThat(frames).hasSameSizeAs(FRAMES.get(which));
    for (int i = 0; i < frames.size(); i++) {
      assertThat(Arrays.equals(frames.get(i).bytes(), FRAMES.get(which).get(i).bytes())).isTrue();
    }
  }

  @Property(tries = 500)
  void shouldEndInFramesOrOneErrorWhenBytesAreDamaged(
      @ForAll @IntRange(max = 2) int which,
      @ForAll @IntRange(min = 1, max = 20) int hits,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] stream = STREAMS.get(which).clone();
    for (int i = 0; i < hits; i++) {
      damage(stream, random);
    }
    decodeAll(stream, random);
  }

  @Property(tries = 500)
  void shouldEndInFramesOrOneErrorOnAnyBytes(
      @ForAll @Size(max = 2000) byte[] stream, @ForAll long seed) {
    decodeAll(stream, new Random(seed));
  }

  private static void damage(byte[] stream, Random random) {
    int at = random.nextInt(stream.length);
    byte[] telling = "\n:%\r\0 {}[]\"0123456789".getBytes(UTF_8);
    switch (random.nextInt(4)) {
      case 0 -> stream[at] = (byte) random.nextInt(256);
      case 1 -> stream[at] = telling[random.nextInt(telling.length)];
      case 2 -> {
        int length = Math.min(random.nextInt(200), stream.length - at);
        System.arraycopy(stream, random.nextInt(stream.length - length), stream, at, length);
      }
      default ->
          Arrays.fill(stream, at, Math.min(stream.length, at + random.nextInt(50)), (byte) '\n');
    }
  }

  private static void decodeAll(byte[] stream, Random random) {
    EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
    int framed = 0;
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, 1 + random.nextInt(4096));
      decoder.feed(stream, at, length);
      at += length;
      try {
        for (EslFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
          framed += frame.length();
          if (frame.isEvent()) {
            readWhole(EslEvent.of(frame));
          }
        }
      } catch (EslProtocolException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300).matches("[\\x20-\\x7e…]+");
        return;
      }
      assertThat(decoder.buffered())
          .isLessThan(LIMITS.maxHeaderBytes() + LIMITS.maxBodyBytes() + 4096);
    }
    assertThat(framed + decoder.buffered()).isEqualTo(stream.length);
  }

  private static void readWhole(EslEvent event) {
    int[] seen = {0};
    event.forEachHeader(
        (name, value) -> {
          seen[0]++;
          // A name damaged into something that is no ASCII can be listed but not asked for.
          if (name.chars().allMatch(c -> c < 0x80)) {
            assertThat(event.headers(name)).isNotEmpty();
          }
        });
    assertThat(seen[0]).isEqualTo(event.headerCount());
    assertThat(event.body()).isNotNull();
  }

  @Property(tries = 100)
  void shouldStayBrokenAfterAnError(@ForAll @Size(min = 1, max = 50) byte[] tail)
      throws EslProtocolException {
    EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
    byte[] garbage = "no header\n".getBytes(UTF_8);
    decoder.feed(garbage, 0, garbage.length);
    assertThatThrownBy(decoder::next).hasMessageContaining("no header");
    decoder.feed(tail, 0, tail.length);
    assertThatThrownBy(decoder::next).hasMessageContaining("no header");
  }
}
