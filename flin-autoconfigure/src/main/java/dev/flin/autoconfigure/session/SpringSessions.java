package dev.flin.autoconfigure.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import org.springframework.web.server.session.WebSessionStore;

import dev.flin.http.session.SessionStore;

/**
 * FLIN's sessions, each a web session with one attribute. Waits for the store, so it is for threads that may.
 */
final class SpringSessions implements SessionStore {

	private static final String VALUES = "flin";

	private final ObjectProvider<WebSessionManager> managers;

	private final Duration idle;

	/**
	 * @param managers asked when a session is needed: the engine is made before the web server
	 * @param idle how long a session lives without a request
	 */
	SpringSessions(ObjectProvider<WebSessionManager> managers, Duration idle) {
		this.managers = managers;
		this.idle = idle;
	}

	@Override
	public @Nullable String find(String key) {
		WebSession session = session(key);
		return (session != null && session.getAttribute(VALUES) instanceof String values) ? values : null;
	}

	@Override
	public String save(@Nullable String key, String values) {
		WebSession known = (key != null) ? session(key) : null;
		WebSession session = (known != null) ? known : store().createWebSession().block();
		if (session == null) {
			throw new IllegalStateException("the store of web sessions gave none");
		}
		session.setMaxIdleTime(this.idle);
		session.getAttributes().put(VALUES, values);
		session.start();
		session.save().block();
		return session.getId();
	}

	@Override
	public void remove(String key) {
		store().removeSession(key).block();
	}

	private @Nullable WebSession session(String key) {
		WebSession session = store().retrieveSession(key).block();
		return (session != null && !session.isExpired()) ? session : null;
	}

	private WebSessionStore store() {
		WebSessionManager manager = this.managers.getObject();
		if (manager instanceof DefaultWebSessionManager standard) {
			return standard.getSessionStore();
		}
		throw new IllegalStateException("flin.session.store=spring needs the store of a DefaultWebSessionManager, not "
				+ manager.getClass().getName() + "; flin.session.store=cookie does without");
	}

}
