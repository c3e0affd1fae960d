package tandem.edge.esl;

import java.time.Duration;

/**
 * Measures the codec on a recorded byte stream: each event framed and indexed, then twelve of its
 * headers read and decoded. The one definition of that work, for the bench command and the
 * benchmark that compares it.
 */
public final class CodecMeter {
  private static final EslLimits LIMITS = new EslLimits(1 << 20, 1 << 24);
  private static final int CHUNK = 16 * 1024;
  private static final String[] READ = {
    "Event-Name",
    "Core-UUID",
    "Event-Sequence",
    "Event-Date-Timestamp",
    "Unique-ID",
    "Channel-Name",
    "Channel-State",
    "Answer-State",
    "Call-Direction",
    "Caller-Caller-ID-Number",
    "Caller-Destination-Number",
    "Hangup-Cause"
  };

  private CodecMeter() {}

  /** The names of the headers that are read of each event. */
  public static String[] headersRead() {
    return READ.clone();
  }

  /**
   * Decodes the stream once; returns the characters read, so that nothing of the work can be left
   * out.
   */
  public static long decode(byte[] stream) throws EslProtocolException {
    EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
    long characters = 0;
    for (int at = 0; at < stream.length; at += CHUNK) {
      decoder.feed(stream, at, Math.min(CHUNK, stream.length - at));
      for (EslFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
        if (frame.isEvent()) {
          characters += read(EslEvent.of(frame));
        }
      }
    }
    return characters;
  }

  private static long read(EslEvent event) {
    long characters = 0;
    for (String name : READ) {
      String value = event.header(name);
      characters += value == null ? 0 : value.length();
    }
    return characters;
  }

  /**
   * Decodes the stream again and again, a third of the time for warming up.
   *
   * @return million bytes (1e6) a second on this thread
   */
  public static double megabytesPerSecond(byte[] stream, Duration budget)
      throws EslProtocolException {
    long sink = 0;
    long warmUntil = System.nanoTime() + budget.toNanos() / 3;
    do {
      sink += decode(stream);
    } while (System.nanoTime() < warmUntil);
    long begin = System.nanoTime();
    long until = begin + budget.toNanos() * 2 / 3;
    long bytes = 0;
    long now;
    do {
      sink += decode(stream);
      bytes += stream.length;
      now = System.nanoTime();
    } while (now < until);
    if (sink == 0) {
      throw new IllegalArgumentException("the stream holds no events");
    }
    return bytes * 1e3 / (now - begin);
  }
}
