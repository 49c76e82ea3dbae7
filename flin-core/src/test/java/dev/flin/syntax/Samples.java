package dev.flin.syntax;

/** Sources that use most of the syntax; each can be read without an error. */
final class Samples {

	static final String COMPONENT_CODE = """
			<!-- Accordion component -->
			// Props
			items = props.items || []
			multiple = props.multiple || false
			open_items = props.open || [:]
			type = props.type || "button"
			size = props.size || 'md'
			on_change = props.onChange
			const MAX = 10
			let state = { open: false, "full name": "x", nested: { a: 1, b: [1, 2] } }

			fn toggle(id) {
			    if open_items[id] {
			        open_items[id] = false
			    } else {
			        if !multiple { open_items = [:] }
			        open_items[id] = true
			    }
			    if on_change { on_change(id) }
			}

			handle_key = (e) => {
			    if e.key == "Enter" || e.key === " " {
			        toggle(e.target.dataset.id)
			    }
			}

			size_class = match size {
			    "sm" => "text-sm px-2",
			    "md" => "text-base px-4",
			    _ => "text-lg px-6"
			}
			""";

	static final String COMPONENT_VALUES = """
			icon = match props.icon {
			    "check" -> <svg viewBox="0 0 24 24" fill="none" stroke="currentColor"><path d="M5 13l4 4L19 7"/></svg>
			    "x" -> <svg viewBox="0 0 24 24"><line x1="18" y1="6" x2="6" y2="18"/></svg>
			    _ -> {
			        <span>?</span>
			    }
			}
			shadow = {if props.raised { "shadow" } else { "" }}
			style = "--w: " ++ (props.width || 100) ++ "px;" ++ "color: {props.color}"
			classes = ["accordion", size_class, props.class || ""].filter(c => c != "").join(" ")
			total = items.map(i => i.price * i.qty).reduce((a, b) => a + b, 0)
			bump = { count = count + 1; console.log(count) }
			count = 0
			""";

	static final String COMPONENT_MARKUP = """
			{if items.len == 0}
			    <p class="empty">No items yet. Don't panic!</p>
			{else if items.len > MAX}
			    <p>Too many: {items.len}</p>
			{else}
			    <div class={classes} style={style} role="list" {...props.attrs}>
			        {for item, i in items key=item.id}
			            // one item
			            <div class="item {if open_items[item.id]}open{/if}" key={item.id} data-i={i}>
			                <button
			                    type={type}
			                    disabled={item.disabled}
			                    aria-expanded={open_items[item.id] ? "true" : "false"}
			                    click={toggle(item.id)}
			                    keydown={handle_key}
			                    onClick={() => { toggle(item.id); count++ }}
			                    on:mouseenter={ hovered = item.id }
			                    {if item.href}data-href={item.href}{else}data-none{/if}
			                    class:active={i == 0}
			                >
			                    {icon} {item.title ?? "Untitled"} &nbsp;&copy; it's
			                </button>
			                {if open_items[item.id]}
			                    <div class="body">{@html item.body}</div>
			                    <raw>{item.raw}</raw>
			                {/if}
			                <input type="text" value={item.name} bind={item.name} input.debounce(300)={search(event.target.value)}>
			                <img src="{item.image}" alt={"Image of " + item.title}>
			                <br>
			            </div>
			        {else}
			            <p>none</p>
			        {/for}
			        {match size}
			            {case "sm"}<small>s</small>
			            {case "md" | "lg"}<b>m</b>
			            {else}<i>other</i>
			        {/match}
			        {let total2 = total * 2}
			        {each items as it, ix}<li>{ix}: {it}</li>{/each}
			        <slot name="footer" item={x}>fallback</slot>
			        <Modal open={open} onClose={() => open = false} title='It"s'>
			            <h2 slot="head">Hi</h2>
			        </Modal>
			        <label for=name class=row>N</label>
			    </div>
			{/if}

			<style>
			    .a { color: {tone}; }
			    .b:hover { color: red; content: "}" }
			    @media (max-width: 10px) { .c { display: none } }
			</style>
			<script>
			    const x = { a: 1 }; if (a < b) { alert("</b>"); }
			</script>
			""";

	static final String JAVASCRIPT = """
			import { foo } from "bar"
			/// Adds.
			/// More.
			export fn add(a: int, b: int = 2, ...rest: int) -> int { a + b }
			async function load(url) {
			    const res = await fetch(url)
			    let a = 1, b = 2
			    for (const x of xs) { console.log(x) }
			    for (let i = 0; i < 10; i++) { if (i === 3) continue; sum += i }
			    switch (a) {
			        case 1:
			            print("one")
			            break
			        case 2:
			        case 3: print("two"); break;
			        default:
			            print("else")
			    }
			    try { risky() } catch (e) { throw new Error("x") } finally { done() }
			    const f = async (x, y = 3) => { return x + y }
			    const g = function(x) { return x }
			    delete m["k"]
			    const re = /a\\/[b/]+/gi.test(s)
			    return { ok: true, data: res, ...more }
			}
			items.map(i => ({ id: i.id }))
			items.map(i => { id: i.id, name: i.name })
			items.map(({ id, name: n = "x" }) => id)
			""";

	static final String ENTITIES = """
			entity Product {
			    /// The name
			    name: text @required @maxLength(120)
			    sku: text @unique
			    price: money @min(0)
			    stock: int @min(0) = 0
			    maker: Company @on_delete(restrict)
			    tags: [Tag]
			    parent: Product?
			    notes: semantic text
			    created: time = now
			    total: money => price * stock
			    age: int where >= 13 and <= 120
			    @index(category, stock)
			    @retention(90.days)
			    @compact(after: 30.days, to: "daily")
			    before save { name = name.trim }
			    after delete { log_info("{id} deleted") }
			}
			entity IdempotencyLog { key, response_data, expires_at }
			""";

	static final String HOST = """
			route POST /api/users/{id} {
			    guard role("admin")
			    validate { name: text @required @minLength(2)   email: text @required @email   age: int?  address: { city: text, zip: text? } items: [{ qty: int @min(1) }] }
			    user = User { ...body }
			    save user
			    response { status: 201  body: user }
			}
			route GET { User.where(active == true && age > 3).order(name) }
			guard not(role("banned"))
			guards { auth: required, csrf: required, role: "admin" }
			guard_definition subscription(plan) { return response { status: 403 } }
			middleware only "/admin/*" except "/admin/login" { next() }
			ws { guard auth on connect { join("lobby") } on message(data) { broadcast("lobby", data) } on close { } }
			every 5.minutes { print("x") }
			cron "0 9 * * *" zone "Africa/Abidjan" { x() }
			test "adds" { assert 1 + 1 == 2, "why" }
			live orders = Order.where(open)
			x = p @ -1
			y = (p @ day as_of known)?.salary
			save a valid from t1 to t2
			hold a "reason"
			release a
			p = Product.as_of(t).where(n == 1)
			'outer: for i in 1..3 { for j in 0..<3 { if j == 2 { break 'outer } } }
			r = try risky()
			v = for x in xs { if x > 1 { break x } }
			while let Some(q) = step() { print(q) }
			a = 24h + 500ms + 7.days + 1.5.hours
			b = 1000 CFA + 450.50 USD
			c = xs[1:2]
			""";

	static final String[] ALL = { COMPONENT_CODE, COMPONENT_VALUES, COMPONENT_MARKUP, JAVASCRIPT, ENTITIES, HOST };

	private Samples() {
	}

}
