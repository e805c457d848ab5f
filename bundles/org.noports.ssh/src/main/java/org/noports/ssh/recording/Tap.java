package org.noports.ssh.recording;

import java.io.IOException;
import java.util.function.Consumer;

/** What looks at the bytes of one shell or command as they pass, before they go on. */
public interface Tap extends AutoCloseable {
  /** Looks at nothing. */
  Tap NONE =
      new Tap() {
        @Override
        public void onFailure(Consumer<String> heard) {}

        @Override
        public void typed(byte[] bytes, int count) {}

        @Override
        public void shown(byte[] bytes, int count) {}

        @Override
        public void resized(int columns, int rows) {}

        @Override
        public void close() {}
      };

  /** Hears why nothing can be recorded any more: the session must end then. */
  void onFailure(Consumer<String> heard);

  /** What the client sends. */
  void typed(byte[] bytes, int count) throws IOException;

  /** What the client gets. */
  void shown(byte[] bytes, int count) throws IOException;

  /** The terminal's new size. */
  void resized(int columns, int rows);

  @Override
  void close();
}
