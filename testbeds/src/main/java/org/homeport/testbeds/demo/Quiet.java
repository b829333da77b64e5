package org.homeport.testbeds.demo;

import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;

/** Hears everything and says nothing: for whoever, as the demonstration, tells what matters itself. */
public final class Quiet implements SessionListener {
    @Override
    public void trace(String session, Output.Trace trace) {}

    @Override
    public void keys(String session, Output.IkeKeys keys) {}

    @Override
    public void established(String session, Output.Established established) {}

    @Override
    public void changed(String session, SessionSummary summary) {}

    @Override
    public void closed(String session, Output.Closed closed) {}
}
