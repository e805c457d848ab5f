package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code noports:ssh} and {@code noports:cp}. Their words are OpenSSH's, which Karaf's own reading
 * of options does not know; therefore they are registered here, and not found by annotations.
 */
@Component(service = RawCommands.class, immediate = true)
public final class RawCommands {
  private final SessionFactory sessions;
  private final List<Command> commands;

  @Activate
  public RawCommands(BundleContext context, @Reference SessionFactory sessions) {
    this.sessions = sessions;
    commands =
        List.of(
            new RawCommand(context, "ssh", "Opens a shell on a device, or runs a command there"),
            new RawCommand(context, "cp", "Copies files and folders to a device or from one"));
    commands.forEach(sessions.getRegistry()::register);
  }

  @Deactivate
  void stop() {
    commands.forEach(sessions.getRegistry()::unregister);
  }
}
