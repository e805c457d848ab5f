package org.noports.api.world;

import java.nio.file.Path;
import java.util.List;
import org.noports.api.NoPortsException;

/** Makes worlds. */
public interface Worlds {
  /**
   * Makes a world in {@code folder}: a private CA, keys for every atSign, directory entries, and a
   * folder for each machine with its configuration, its keys and the CA to trust. Blocks for about
   * a second; call it from a thread that may.
   *
   * @param folder must not exist, or be empty
   * @return the machines' folders, infrastructure first
   */
  List<Machine> init(WorldPlan plan, Path folder) throws NoPortsException;

  /**
   * One machine of a world.
   *
   * @param name {@code infrastructure}, {@code device-NAME} or {@code client-NAME}
   * @param folder what belongs on that machine
   */
  record Machine(String name, Path folder) {}
}
