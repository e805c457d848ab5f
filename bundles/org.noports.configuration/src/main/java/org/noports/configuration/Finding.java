package org.noports.configuration;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong in one configuration.
 *
 * @param file the file, or the PID where it came from no file
 * @param key the key
 * @param sentence what is wrong, what holds instead, and what to do
 */
record Finding(String file, String key, String sentence) {
  Finding {
    requireNonNull(file, "file is null");
    requireNonNull(key, "key is null");
    requireNonNull(sentence, "sentence is null");
  }

  @Override
  public String toString() {
    return file + ": " + sentence;
  }
}
