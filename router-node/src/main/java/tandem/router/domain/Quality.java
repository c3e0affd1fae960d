package tandem.router.domain;

/**
 * How well a leg was heard by its switch, from the RTP statistics of its end.
 *
 * @param mos mean opinion score, 1 to 4.5, as FreeSWITCH works it out (rtp_audio_in_mos)
 * @param jitter the square root of the mean of the largest and smallest variance that it tells
 *     (rtp_audio_in_jitter_min_variance, _max_variance), milliseconds
 * @param loss share of packets that never came, 0 to 1, from the mean interval between those that
 *     came
 * @param packets that came; with none the other figures say nothing
 */
public record Quality(double mos, double jitter, double loss, long packets) {}
