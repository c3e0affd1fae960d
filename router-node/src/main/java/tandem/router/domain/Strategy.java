package tandem.router.domain;

/** How a queue picks among agents who could take a caller. */
public enum Strategy {
  LONGEST_IDLE,
  ROUND_ROBIN
}
