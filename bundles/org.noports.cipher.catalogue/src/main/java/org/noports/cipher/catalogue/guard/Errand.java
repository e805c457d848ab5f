package org.noports.cipher.catalogue.guard;

import java.util.concurrent.Callable;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;

/**
 * One call in the plug-in's thread. What it throws is put into words there, for asking an exception
 * for its message runs the plug-in's code as well.
 */
final class Errand<T> implements Callable<T> {
  /** Of what an exception says: an event's sentence has to stay one. */
  private static final int MOST_WORDS = 200;

  private final Guard.Call<T> call;
  private final Runnable returned;
  private boolean ended;
  private boolean abandoned;

  /** What the plug-in threw, in words: the exception itself would hold its classes. */
  static final class Broke extends Exception {
    private static final long serialVersionUID = 1L;

    Broke(String words) {
      super(words);
    }
  }

  /**
   * For one call.
   *
   * @param returned runs in the plug-in's thread if it comes back after it was given up
   */
  Errand(Guard.Call<T> call, Runnable returned) {
    this.call = call;
    this.returned = returned;
  }

  @Override
  public T call() throws CipherUnavailable, ProtocolViolation, Broke {
    try {
      return call.run();
    } catch (CipherUnavailable | ProtocolViolation e) {
      throw e;
    } catch (Throwable e) {
      throw new Broke(words(e));
    } finally {
      if (end()) {
        returned.run();
      }
    }
  }

  private static String words(Throwable thrown) {
    String name = thrown.getClass().getName();
    try {
      String all = name + ": " + thrown.getMessage();
      return all.substring(0, Math.min(all.length(), MOST_WORDS));
    } catch (Throwable e) {
      return name;
    }
  }

  private synchronized boolean end() {
    ended = true;
    return abandoned;
  }

  /** Nobody waits for it any more; says whether its thread is still out. */
  synchronized boolean abandon() {
    abandoned = !ended;
    return abandoned;
  }
}
