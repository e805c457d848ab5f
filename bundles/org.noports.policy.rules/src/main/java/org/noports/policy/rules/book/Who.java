package org.noports.policy.rules.book;

import org.noports.api.AtSign;

/** Whom a rule is about. */
public sealed interface Who {
  /** In front of a group's name. */
  String GROUP = "group:";

  /** In place of everybody, or everything. */
  String ANY = "*";

  /** Everybody. */
  record Anybody() implements Who {
    @Override
    public String toString() {
      return ANY;
    }
  }

  /**
   * One.
   *
   * @param atSign who
   */
  record One(AtSign atSign) implements Who {
    @Override
    public String toString() {
      return atSign.name();
    }
  }

  /**
   * Everybody in a group of the book, or in a group that is in it.
   *
   * @param group its name
   */
  record Member(String group) implements Who {
    @Override
    public String toString() {
      return GROUP + group;
    }
  }

  /**
   * Reads {@code @alice}, {@code group:NAME} or {@code *}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  static Who of(String text) {
    if (text.equals(ANY)) {
      return new Anybody();
    }
    if (text.startsWith(GROUP)) {
      return new Member(Names.group(text.substring(GROUP.length())));
    }
    return new One(Names.atSign(text));
  }
}
