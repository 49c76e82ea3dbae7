package dev.flin;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import dev.flin.http.lib.FileLibrary;
import dev.flin.http.live.Sockets;
import dev.flin.http.route.DispatcherPorts;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.Links;
import dev.flin.message.EngineMessages;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.Fakes;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Limits;
import dev.flin.runtime.Messages;
import dev.flin.runtime.Telemetry;
import dev.flin.runtime.entity.EntityDatabase;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.entity.OldRecords;
import dev.flin.store.ReadView;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.view.Forms;
import dev.flin.view.Icons;
import dev.flin.view.Nonces;
import dev.flin.view.Views;

/**
 * Makes the contexts that requests and runs have, and stops those that take too long or whose caller is gone.
 */
final class EngineContexts implements DispatcherPorts.Contexts, AutoCloseable {

	/** What the id of a request is called in logs. */
	private static final String REQUEST_ID = "flin.request";

	private record Running(Thread thread, long startNanos) {
	}

	private final FlinEngine.Builder settings;

	private final EngineProperties properties;

	private final Records records;

	private final BuiltinDispatch builtins;

	private final Fakes fakes = new Fakes();

	private final Limits limits;

	/** What all contexts share. Complete before the first one is made. */
	private final Map<Class<?>, Object> services;

	/** What those of requests and runs share besides: replaced as a whole when something of it changes. */
	private volatile Map<Class<?>, Object> offered = Map.of();

	private final Icons icons = new Icons();

	private final Map<FlinContext, Running> running = new ConcurrentHashMap<>();

	/** The transactions that hosts have open, by thread. */
	private final ThreadLocal<@Nullable FlinTransaction> transactions = new ThreadLocal<>();

	private final Watchdog watchdog = new Watchdog(this::stopOverdue);

	private volatile @Nullable CompiledApplication program;

	private volatile @Nullable EngineMessages messages;

	EngineContexts(FlinEngine.Builder settings, EngineProperties properties, Records records) {
		this.settings = settings;
		this.properties = properties;
		this.records = records;
		this.limits = properties.runLimits();
		this.builtins = new BuiltinDispatch(libraries().plus(settings.libraries())
			.plusHost(settings.functions())
			.withServices(settings.services().keySet()));
		this.services = new IdentityHashMap<>(settings.services());
		this.services.put(Fakes.class, this.fakes);
		this.services.forEach(this::offer);
		if (settings.telemetry() != Telemetry.NONE) {
			offer(Telemetry.class, settings.telemetry());
		}
	}

	/** All built-ins of an engine. */
	static BuiltinCatalog libraries() {
		return EngineLibrary.catalog();
	}

	BuiltinCatalog builtins() {
		return this.builtins.catalog();
	}

	/** Gives requests and runs a service from now on; null takes it away. */
	private synchronized void offer(Class<?> type, @Nullable Object service) {
		Map<Class<?>, Object> next = new IdentityHashMap<>(this.offered);
		if (service != null) {
			next.put(type, service);
		}
		else {
			next.remove(type);
		}
		this.offered = next;
	}

	/** Gives all contexts a service of the engine; before the first one is made. */
	<T> void share(Class<T> type, T service) {
		this.services.put(type, service);
		offer(type, service);
	}

	/** Lets a function stand in for one of the host, or for a built-in that reaches outside. */
	void substitute(String name, FlinFunction function) {
		if (Fakes.areFor(name)) {
			this.fakes.put(name, function);
		}
		else {
			this.builtins.substitute(name, function);
		}
	}

	/** From now on contexts can make addresses. */
	void links(Links maker) {
		offer(Links.class, maker);
	}

	/** From now on contexts can speak to the clients of sockets. */
	void sockets(Sockets open) {
		offer(Sockets.class, open);
	}

	/** From now on contexts can keep files. */
	void files(FileLibrary.Files keeper) {
		offer(FileLibrary.Files.class, keeper);
	}

	/** From now on contexts speak the languages of these messages. */
	void messages(EngineMessages next) {
		this.messages = next;
		offer(Messages.class, next.isEmpty() ? null : next);
	}

	/** From now on contexts see the components of this program. */
	void use(CompiledApplication next) {
		this.program = next;
	}

	/** A context for a request, or for a run without one. */
	@Override
	public FlinContext open(@Nullable Exchange exchange) {
		return open(exchange, () -> (exchange != null) ? exchange.user() : null);
	}

	@Override
	public FlinContext openBriefly(Exchange exchange) {
		FlinContext context = unwatched(exchange, exchange::user);
		if (this.settings.telemetry() != Telemetry.NONE) {
			// who measures is code of the host, which may tell its log what it likes
			watch(context, exchange);
		}
		return context;
	}

	/**
	 * A context for a request, or for a run without one.
	 * @param user whom versions are saved by
	 */
	FlinContext open(@Nullable Exchange exchange, Supplier<@Nullable Object> user) {
		FlinContext context = unwatched(exchange, user);
		watch(context, exchange);
		return context;
	}

	@Override
	public void watch(FlinContext context, @Nullable Exchange exchange) {
		if (exchange != null) {
			MDC.put(REQUEST_ID, exchange.id());
		}
		attach(context);
	}

	private FlinContext unwatched(@Nullable Exchange exchange, Supplier<@Nullable Object> user) {
		FlinContext context = context(this.settings.random(), this.offered);
		if (exchange != null) {
			context.service(Exchange.class, exchange);
			context.service(Forms.class, exchange);
			context.service(Nonces.class, exchange);
		}
		EngineMessages spoken = this.messages;
		if (spoken != null && !spoken.isEmpty()) {
			context.locale(() -> (exchange != null) ? spoken.localeOf(exchange) : spoken.ownLocale());
		}
		CompiledApplication current = this.program;
		if (current != null) {
			current.bind(context);
			context.service(Views.class, new Views(current::component, this.icons, (int) this.limits.outputBytes()));
		}
		this.records.open(context, () -> nameOf(user.get()));
		return context;
	}

	/** A context for a run that takes part in the transaction that the host has open on this thread, if any. */
	FlinContext join() {
		FlinContext context = open(null);
		FlinTransaction around = this.transactions.get();
		if (around != null) {
			around.lend(context);
		}
		return context;
	}

	/** The transaction that the host has open on this thread. */
	@Nullable FlinTransaction transaction() {
		return this.transactions.get();
	}

	/** Binds a transaction to this thread. */
	void bind(FlinTransaction transaction) {
		if (this.transactions.get() != null) {
			throw new IllegalStateException("A transaction is open on this thread; suspend or end it first");
		}
		this.transactions.set(transaction);
	}

	/** Takes a transaction from this thread, if it is bound to it. */
	void unbind(FlinTransaction transaction) {
		if (this.transactions.get() == transaction) {
			this.transactions.remove();
		}
	}

	/**
	 * Limits the time of what a context runs until it is {@linkplain #detach detached}.
	 * @return false when it is limited already
	 */
	boolean attach(FlinContext context) {
		return this.running.putIfAbsent(context, new Running(Thread.currentThread(), System.nanoTime())) == null;
	}

	/** Runs the migration of a file. */
	void migrate(CompiledApplication next, String path, EntityDatabase database, ReadView old) {
		FlinContext context = bare();
		next.bind(context);
		context.service(OldRecords.class, new OldRecords(old));
		try (EntitySession session = database.open(context, () -> null)) {
			session.refresh();
			next.prepare(path, context);
			next.run(path, context);
		}
		catch (StackOverflowError overflow) {
			throw context.tooDeep();
		}
	}

	/** Stores the computed fields of an entity anew, within a migration. */
	void compute(CompiledApplication next, String entity, EntityDatabase database) {
		FlinContext context = bare();
		next.bind(context);
		database.compute(context, entity, () -> next.prepareEntity(entity, context));
	}

	/** A context without entities and components, for defaults of fields. */
	FlinContext bare() {
		return context(this.settings.random(), this.services);
	}

	/** For defaults that records get which are stored already: all the same one, so none that goes by chance. */
	FlinContext withoutChance() {
		NoChance none = new NoChance();
		FlinContext context = context(none, this.services);
		context.service(SecureRandom.class, none);
		return context;
	}

	private FlinContext context(RandomGenerator random, Map<Class<?>, Object> shared) {
		return FlinContext.builder(this.builtins, this.settings.clock(), random)
			.printSink(this.settings.printSink())
			.zone(this.properties.zone())
			.limits(this.limits)
			.hostServices(shared)
			.build();
	}

	@Override
	public void close(FlinContext context) {
		if (this.running.remove(context) != null && context.service(Exchange.class) != null) {
			MDC.remove(REQUEST_ID);
		}
		EntitySession session = context.service(EntitySession.class);
		if (session != null) {
			session.close();
		}
	}

	@Override
	public void detach(FlinContext context) {
		this.running.remove(context);
		EntitySession session = context.service(EntitySession.class);
		if (session != null) {
			session.refresh();
		}
	}

	/** Stops what a thread runs. */
	void interrupt(Thread thread, String why) {
		FlinError reason = new FlinError(FlinError.INTERRUPTED_ERROR, why);
		this.running.forEach((context, run) -> {
			if (run.thread() == thread) {
				context.stop(reason);
			}
		});
	}

	private void stopOverdue() {
		long limitNanos = Duration.ofMillis(this.limits.timeMillis()).toNanos();
		long now = System.nanoTime();
		this.running.forEach((context, run) -> {
			if (now - run.startNanos() > limitNanos) {
				context.stop(new FlinError(FlinError.LIMIT_ERROR, "ran longer than the limit of "
						+ this.limits.timeMillis() + " ms (flin.limits.time)"));
			}
		});
	}

	/** The name that versions are saved under. */
	private static @Nullable String nameOf(@Nullable Object user) {
		if (user instanceof EntityInstance entity) {
			return entity.shape().name() + "#" + entity.id();
		}
		Object name = (user instanceof FlinMap map) ? map.get("name") : user;
		return (name != null) ? name.toString() : null;
	}

	@Override
	public void close() {
		this.watchdog.close();
	}

}
