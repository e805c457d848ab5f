package org.noports.protocol.verb;

/** How much of a key a look-up asks for. */
public enum Detail {
  /** The value. */
  VALUE(""),
  /** The metadata, as JSON. */
  META("meta:"),
  /** Key, value and metadata, as JSON. */
  ALL("all:");

  private final String parameter;

  Detail(String parameter) {
    this.parameter = parameter;
  }

  /** The parameter with its colon behind; empty for the value. */
  String parameter() {
    return parameter;
  }
}
