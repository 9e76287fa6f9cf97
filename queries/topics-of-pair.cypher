// What $a and $b (persons or parties, required) talk about in held meetings, most frequent first.
MATCH (one)-[:ATTENDED|PARTY_TO]->(m:Meeting)
WHERE one.iri = $a AND m.status = 'held'
WITH DISTINCT m
MATCH (other)-[:ATTENDED|PARTY_TO]->(m)
WHERE other.iri = $b
WITH DISTINCT m
MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH DISTINCT m, t
OPTIONAL MATCH (m)-[g:AGREED_ON]->(t)
WITH m, t, count(g) AS sealed
RETURN t.name AS topic, count(m) AS meetings, sum(CASE WHEN sealed > 0 THEN 1 ELSE 0 END) AS agreed,
       min(m.date) AS first, max(m.date) AS last
ORDER BY meetings DESC, topic
