package tandem.router.domain;

/** Marks what travels between nodes or lies in the journal: written as CBOR by Jackson. */
public interface RouterSerializable {}
