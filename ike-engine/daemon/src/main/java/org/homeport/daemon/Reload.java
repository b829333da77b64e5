package org.homeport.daemon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.daemon.AaaSide.Accounted;
import org.homeport.daemon.config.AaaSettings;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConfigurationException;
import org.homeport.daemon.config.ConfigurationReader;
import org.homeport.daemon.config.Problem;
import org.homeport.daemon.observe.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and takes over who is asked for which realm; all else waits for the next start. Either
 * all of it is taken over or nothing.
 */
record Reload(Configuration started, Optional<AaaSide> aaa) {
    private static final Logger LOG = LoggerFactory.getLogger("homeport");

    /** For the control socket: {@code reloaded} says what, {@code problems} why not. May block: files are read. */
    Map<String, Object> answer() {
        try {
            Configuration read = ConfigurationReader.read(started.file());
            AaaSide side = aaa.orElseThrow(() -> new StartFailedException(
                    "homeport was started without a section aaa, and nothing else is taken over: restart it"));
            AaaSettings settings = read.aaa()
                    .orElseThrow(() -> new StartFailedException("the section aaa is gone: to run without it, restart"));
            side.reload(settings, started.accounting().isPresent() ? Accounted.YES : Accounted.NO);
            LOG.atInfo()
                    .addKeyValue(EventLog.EVENT, "reloaded")
                    .addKeyValue("configuration", started.file())
                    .addKeyValue("servers", settings.servers().size())
                    .addKeyValue("realms", settings.realms().size())
                    .log();
            return Map.of(
                    "reloaded",
                    settings.servers().size() + " RADIUS server(s), "
                            + settings.realms().size() + " realm(s)");
        } catch (ConfigurationException e) {
            return refused(e.problems().stream().map(Problem::toString).toList());
        } catch (StartFailedException e) {
            return refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Object> refused(List<String> problems) {
        LOG.atWarn()
                .addKeyValue(EventLog.EVENT, "reload.refused")
                .addKeyValue("why", String.join("; ", problems))
                .log();
        return Map.of("problems", problems);
    }
}
