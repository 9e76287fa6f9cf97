// Who met whom most often, as a graph: states, and the meetings between them since a day.
MATCH (a:State)-[:PARTY_TO]->(m:Meeting)<-[:PARTY_TO]-(b:State)
WHERE a.iso3 < b.iso3 AND m.status = 'held' AND m.date >= $since
WITH a, b, count(m) AS meetings ORDER BY meetings DESC, a.iso3, b.iso3 LIMIT 20
RETURN a.name AS one, b.name AS other, meetings;
// One meeting and all that hangs on it.
MATCH (m:Meeting {iri: $meeting})-[r]-(x)
RETURN m, r, x;
// All that two leaders ever had to do with each other, the newest first.
MATCH (a:Person {name: $one})-[x:ATTENDED]->(m:Meeting)
WITH a, x, m
MATCH (m)<-[y:ATTENDED]-(b:Person {name: $other})
WHERE a <> b
RETURN m.when AS date, m.format AS format, x.office AS office, y.office AS other_office, m.iri AS meeting
ORDER BY m.date DESC;
// Topics of a state, with everything below them in the tree.
MATCH (s:State {iso3: $state})-[:PARTY_TO]->(m:Meeting)
WITH m
MATCH (m)-[d:DISCUSSED]->(t:Topic)
WITH m, d, t
MATCH (t)-[:BROADER*0..]->(top:Topic)
WHERE NOT (top)-[:BROADER]->()
RETURN top.name AS field, t.name AS topic, count(DISTINCT m) AS meetings
ORDER BY meetings DESC, topic;
// A leader's way: visits in order, with the meetings held on them.
MATCH (p:Person {name: $person})-[:MADE]->(v:Visit)-[:TO]->(s:State)
OPTIONAL MATCH (m:Meeting)-[:DURING]->(v)
RETURN v.from AS day, s.name AS state, v.kind AS kind, count(m) AS meetings
ORDER BY day;
// Where reports of one meeting disagree.
MATCH (m:Meeting)-[c:CLAIMED]->(r:Report)
RETURN m.name AS meeting, c.about AS about, c.value AS value, r.title AS report
ORDER BY meeting, about, value;
