/** Plays the router's pure logics by hand: one alone, or all of them over a scripted bus. */
package tandem.router.kit;
