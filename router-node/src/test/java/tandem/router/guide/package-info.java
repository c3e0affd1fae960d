/** Reads the examples of {@code docs/routing.md} and plays what they say. */
package tandem.router.guide;
