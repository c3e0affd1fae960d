package tandem.edge.esl;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import link.thingscloud.freeswitch.esl.transport.message.EslMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The codec against freeswitch-esl on the same recorded stream in the same run: each event framed
 * and indexed, then twelve headers read and decoded. An operation is the whole of trace 03.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EslCodecBenchmark {
  private static final int CHUNK = 16 * 1024;
  private static final Set<String> EVENT_TYPES = Set.of("text/event-plain");

  private final byte[] stream = Traces.bytes("03_bridge.c1.in.gz");
  private final String[] names = CodecMeter.headersRead();

  @Benchmark
  public long tandem() throws EslProtocolException {
    return CodecMeter.decode(stream);
  }

  @Benchmark
  public long freeswitchEsl() {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new link.thingscloud.freeswitch.esl.transport.message.EslFrameDecoder(8192));
    long characters = 0;
    for (int at = 0; at < stream.length; at += CHUNK) {
      channel.writeInbound(Unpooled.copiedBuffer(stream, at, Math.min(CHUNK, stream.length - at)));
      for (EslMessage message = channel.readInbound();
          message != null;
          message = channel.readInbound()) {
        if (EVENT_TYPES.contains(message.getContentType())) {
          characters +=
              read(
                  new link.thingscloud.freeswitch.esl.transport.event.EslEvent(message)
                      .getEventHeaders());
        }
      }
    }
    channel.finishAndReleaseAll();
    return characters;
  }

  private long read(Map<String, String> headers) {
    long characters = 0;
    for (String name : names) {
      String value = headers.get(name);
      characters += value == null ? 0 : value.length();
    }
    return characters;
  }

  /** Runs both in turn, half a minute in all, and returns how many times faster this codec is. */
  static double ratio() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EslCodecBenchmark.class.getName())
                    .forks(1)
                    .jvmArgsAppend("-Xmx512m")
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .shouldFailOnError(true)
                    .build())
            .run();
    return score(results, "tandem") / score(results, "freeswitchEsl");
  }

  private static double score(Collection<RunResult> results, String name) {
    return results.stream()
        .map(RunResult::getPrimaryResult)
        .filter(result -> result.getLabel().equals(name))
        .findFirst()
        .orElseThrow()
        .getScore();
  }

  /** Prints the figures and the ratio; ends with 1 when it is below four. */
  public static void main(String[] args) throws RunnerException {
    long megabyte = 1_000_000;
    double ratio = ratio();
    System.out.printf(
        "ratio tandem / freeswitch-esl: %.1f (an operation is %.3f MB)%n",
        ratio, (double) Traces.bytes("03_bridge.c1.in.gz").length / megabyte);
    System.exit(ratio >= 4 ? 0 : 1);
  }
}
