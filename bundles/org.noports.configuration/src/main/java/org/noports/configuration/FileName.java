package org.noports.configuration;

/** Names a configuration's file as its owner does: {@code etc/org.noports.client.cfg}. */
final class FileName {
  private FileName() {}

  static String of(String uri) {
    int slash = uri.lastIndexOf('/');
    return "etc/" + uri.substring(slash + 1);
  }
}
