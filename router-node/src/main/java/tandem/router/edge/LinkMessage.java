package tandem.router.edge;

import tandem.router.domain.RouterSerializable;

/** Anything a switch link takes: orders, and messages of its own. */
public interface LinkMessage extends RouterSerializable {}
