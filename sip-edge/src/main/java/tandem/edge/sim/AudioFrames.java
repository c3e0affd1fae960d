package tandem.edge.sim;

/** Sound in pieces of 20 ms, and G.711 as RTP carries it (ITU-T G.711). */
final class AudioFrames {

  /** Samples in 20 ms at 8 kHz. */
  static final int LENGTH = 160;

  private static final short[] NOTHING = new short[0];
  private static final short[] ULAW = new short[256];
  private static final short[] ALAW = new short[256];

  static {
    for (int i = 0; i < 256; i++) {
      int u = ~i & 0xFF;
      int magnitude = (((u & 0x0F) << 3) + 0x84) << ((u & 0x70) >> 4);
      ULAW[i] = (short) ((u & 0x80) != 0 ? 0x84 - magnitude : magnitude - 0x84);
      int a = i ^ 0x55;
      int exponent = (a & 0x70) >> 4;
      int value = (a & 0x0F) << 4;
      value += exponent == 0 ? 8 : 0x108;
      value <<= Math.max(0, exponent - 1);
      ALAW[i] = (short) ((a & 0x80) != 0 ? value : -value);
    }
  }

  private AudioFrames() {}

  /** No sound at all, not even silence. */
  static short[] nothing() {
    return NOTHING;
  }

  static short[] decode(byte[] packet, int from, int length, boolean alaw) {
    short[] table = alaw ? ALAW : ULAW;
    short[] sound = new short[length];
    for (int i = 0; i < length; i++) {
      sound[i] = table[packet[from + i] & 0xFF];
    }
    return sound;
  }

  static byte ulaw(short sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(32_635, Math.abs((int) sample)) + 0x84;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }

  static short add(short one, short other) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, one + other));
  }

  /** Both at once. */
  static short[] mix(short[] one, short[] other) {
    if (one.length == 0 || other.length == 0) {
      return one.length == 0 ? other : one;
    }
    short[] both = new short[Math.max(one.length, other.length)];
    for (int i = 0; i < both.length; i++) {
      both[i] = add(i < one.length ? one[i] : 0, i < other.length ? other[i] : 0);
    }
    return both;
  }

  /** Loudest sample of a piece. */
  static int peak(short[] sound) {
    int peak = 0;
    for (short sample : sound) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
    return peak;
  }
}
