package tandem.router.plan.document;

/** What all readers of one document's parts share. */
record Workshop(
    Problems problems,
    Values values,
    References references,
    Links links,
    ExpressionReader expressions) {

  static Workshop of(Tree.Obj root, Problems problems) {
    Values values = new Values(problems);
    Links links = new Links();
    References references = new References(root, values, problems, links);
    return new Workshop(
        problems, values, references, links, new ExpressionReader(problems, references));
  }
}
